import { ref, type Ref } from 'vue';
import {
  cursorFor,
  dragged,
  gripAt,
  pointInImage,
  type Grip,
  type Selection,
} from '#renderer/rendering/selection';
import {
  nextZoom,
  paneToImage,
  panBy,
  zoomAt,
  type Extent,
  type ViewTransform,
} from '#renderer/rendering/viewTransform';
import { useViews } from '#renderer/stores/views';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the tools work on, gathered by the pane. */
export interface ToolSurface {
  readonly tab: () => string;
  readonly host: () => HTMLElement | null;
  readonly image: () => Extent;
  readonly pane: () => Extent;
  readonly transform: () => ViewTransform;
}

/** What the button holds while it is down. */
interface Hold {
  readonly start: Point;
  last: Point;
  moved: boolean;
  readonly selection: Selection | null;
  readonly grip: Grip | null;
}

const DRAG_THRESHOLD_PX = 3;

/** What the mouse does in a pane: moves the picture, zooms, or draws a rectangle. */
export function usePointerTools(surface: ToolSurface): {
  readonly cursor: Ref<string>;
  readonly press: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly release: (event: PointerEvent) => void;
  readonly zoomStep: (direction: 1 | -1, point?: Point) => void;
  readonly pointOf: (event: MouseEvent) => { x: number; y: number };
  readonly setTransform: (next: ViewTransform | null) => void;
} {
  const views = useViews();
  const cursor = ref('');
  let hold: Hold | null = null;

  const selected = (): Selection | null => views.selections[surface.tab()] ?? null;

  function pointOf(event: MouseEvent): { x: number; y: number } {
    const box = surface.host()?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  function setTransform(next: ViewTransform | null): void {
    views.change(surface.tab(), { transform: next });
  }

  function zoomStep(direction: 1 | -1, point?: Point): void {
    const { width, height } = surface.pane();
    const now = surface.transform();
    const factor = nextZoom(now.zoom, direction) / now.zoom;
    setTransform(zoomAt(now, surface.pane(), point ?? { x: width / 2, y: height / 2 }, factor));
  }

  function gripUnder(point: Point): Grip | null {
    const selection = selected();
    return selection && gripAt(selection, surface.transform(), surface.pane(), point);
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0) return;
    surface.host()?.setPointerCapture(event.pointerId);
    const point = pointOf(event);
    hold = {
      ...{ start: point, last: point, moved: false },
      ...{ selection: selected(), grip: gripUnder(point) },
    };
  }

  function drag({ start, last, selection, grip }: Hold, point: Point): void {
    const image = surface.image();
    if (views.tool !== 'rectangle') {
      setTransform(panBy(surface.transform(), image, point.x - last.x, point.y - last.y));
      return;
    }
    const inImage = (at: Point): Point =>
      pointInImage(surface.transform(), surface.pane(), at, image);
    const next = dragged({ selection, grip, from: inImage(start) }, inImage(point), image);
    views.select(surface.tab(), next);
  }

  function move(event: PointerEvent): void {
    const point = pointOf(event);
    views.pointAt(surface.tab(), paneToImage(surface.transform(), surface.pane(), point));
    if (!hold) {
      cursor.value = views.tool === 'rectangle' ? cursorFor(gripUnder(point)) : '';
      return;
    }
    const { start } = hold;
    const distance = Math.hypot(point.x - start.x, point.y - start.y);
    if (!hold.moved && distance < DRAG_THRESHOLD_PX) return;
    drag(hold, point);
    hold.last = point;
    hold.moved = true;
  }

  function release(event: PointerEvent): void {
    const clicked = hold && !hold.moved ? hold : null;
    hold = null;
    if (!clicked) return;
    if (views.tool === 'zoom') zoomStep(event.altKey || event.shiftKey ? -1 : 1, pointOf(event));
    // As in ImageJ, a click beside the rectangle removes it.
    if (views.tool === 'rectangle' && !clicked.grip) views.select(surface.tab(), null);
  }

  return { cursor, press, move, release, zoomStep, pointOf, setTransform };
}
