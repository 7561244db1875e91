import type { Region } from '#core/image/PlaneSource';
import { paneToImage, type Extent, type ViewTransform } from './viewTransform';

/** A rectangle of whole pixels inside an image; `x` and `y` are its first column and row. */
export type Selection = Region;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What of a rectangle the mouse holds: which edge moves along each axis; neither for the whole. */
export interface Grip {
  readonly x: 'start' | 'end' | null;
  readonly y: 'start' | 'end' | null;
}

/** How near to an edge of the rectangle a press takes hold of it, in CSS pixels. */
const REACH_PX = 7;

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** The pixels between two points of an image, at least one. */
export function spanned(a: Point, b: Point, image: Extent): Selection {
  const along = (from: number, to: number, size: number): [number, number] => {
    const first = clamp(Math.floor(Math.min(from, to)), 0, size - 1);
    return [first, clamp(Math.ceil(Math.max(from, to)), first + 1, size) - first];
  };
  const [x, width] = along(a.x, b.x, image.width);
  const [y, height] = along(a.y, b.y, image.height);
  return { x, y, width, height };
}

/** The rectangle moved by whole pixels, as far as the image goes. */
export function moved(selection: Selection, dx: number, dy: number, image: Extent): Selection {
  const { width, height } = selection;
  return {
    x: clamp(Math.round(selection.x + dx), 0, image.width - width),
    y: clamp(Math.round(selection.y + dy), 0, image.height - height),
    ...{ width, height },
  };
}

/** The rectangle with one edge or corner at a point of the image. */
export function resized(selection: Selection, grip: Grip, to: Point, image: Extent): Selection {
  const along = (
    edge: Grip['x'],
    first: number,
    size: number,
    at: number,
    whole: number,
  ): [number, number] => {
    if (edge === null) return [first, size];
    if (edge === 'end') return [first, clamp(Math.round(at), first + 1, whole) - first];
    const start = clamp(Math.round(at), 0, first + size - 1);
    return [start, first + size - start];
  };
  const [x, width] = along(grip.x, selection.x, selection.width, to.x, image.width);
  const [y, height] = along(grip.y, selection.y, selection.height, to.y, image.height);
  return { x, y, width, height };
}

/** The rectangle with its right and lower edge moved by whole pixels. */
export function grown(selection: Selection, dx: number, dy: number, image: Extent): Selection {
  const { x, y, width, height } = selection;
  return resized(
    selection,
    { x: 'end', y: 'end' },
    { x: x + width + dx, y: y + height + dy },
    image,
  );
}

/** Where a rectangle stands in a pane, in CSS pixels. */
export function inPane(
  { x, y, width, height }: Selection,
  view: ViewTransform,
  pane: Extent,
): Selection {
  return {
    x: (x - view.centreX) * view.zoom + pane.width / 2,
    y: (y - view.centreY) * view.zoom + pane.height / 2,
    width: width * view.zoom,
    height: height * view.zoom,
  };
}

/** What a press at a point of the pane takes hold of; `null` outside. */
export function gripAt(
  selection: Selection,
  view: ViewTransform,
  pane: Extent,
  point: Point,
): Grip | null {
  const { x, y, width, height } = inPane(selection, view, pane);
  const edge = (at: number, start: number, size: number): Grip['x'] | undefined => {
    const end = start + size;
    if (at < start - REACH_PX || at > end + REACH_PX) return undefined;
    // A small rectangle keeps a middle to be moved by.
    const reach = Math.min(REACH_PX, size / 4);
    if (at < start + reach) return 'start';
    return at > end - reach ? 'end' : null;
  };
  const [alongX, alongY] = [edge(point.x, x, width), edge(point.y, y, height)];
  return alongX === undefined || alongY === undefined ? null : { x: alongX, y: alongY };
}

/** The mouse pointer that says what a press would do. */
export function cursorFor(grip: Grip | null): string {
  if (!grip) return 'crosshair';
  if (grip.x === null && grip.y === null) return 'move';
  if (grip.y === null) return 'ew-resize';
  if (grip.x === null) return 'ns-resize';
  return grip.x === grip.y ? 'nwse-resize' : 'nesw-resize';
}

/** A rectangle that follows the mouse: `press` says what is held, the result is the new rectangle. */
export function dragged(
  start: { readonly selection: Selection | null; readonly grip: Grip | null; readonly from: Point },
  point: Point,
  image: Extent,
): Selection {
  const { selection, grip, from } = start;
  if (!selection || !grip) return spanned(from, point, image);
  if (grip.x === null && grip.y === null) {
    return moved(selection, point.x - from.x, point.y - from.y, image);
  }
  return resized(selection, grip, point, image);
}

/** The image point under a point of the pane, within the image. */
export function pointInImage(
  view: ViewTransform,
  pane: Extent,
  point: Point,
  image: Extent,
): { x: number; y: number } {
  const { x, y } = paneToImage(view, pane, point);
  return { x: clamp(x, 0, image.width), y: clamp(y, 0, image.height) };
}
