import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cursorFor,
  dragged,
  gripAt,
  grown,
  inPane,
  moved,
  resized,
  spanned,
  type Selection,
} from '#renderer/rendering/selection';
import { selectionForKey } from '#renderer/features/viewer/selectionForKey';

const IMAGE = { width: 120, height: 80 };
const PANE = { width: 240, height: 160 };
/** Twice as large, the image filling the pane. */
const VIEW = { centreX: 60, centreY: 40, zoom: 2 };
const BOX: Selection = { x: 10, y: 20, width: 30, height: 40 };

const key = (name: string, held: object = {}): KeyboardEvent =>
  ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as never;

describe('a rectangle on an image', () => {
  it('covers the pixels between two points, whichever comes first', () => {
    expect(spanned({ x: 3.2, y: 4.9 }, { x: 5.1, y: 4.1 }, IMAGE)).toEqual({
      ...{ x: 3, y: 4, width: 3, height: 1 },
    });
    expect(spanned({ x: 5.1, y: 4.1 }, { x: 3.2, y: 4.9 }, IMAGE)).toEqual({
      ...{ x: 3, y: 4, width: 3, height: 1 },
    });
  });

  it('stays inside the image and keeps at least a pixel, whatever is done to it', () => {
    const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
    const point = fc.record({ x: coordinate, y: coordinate });
    const edge = fc.constantFrom('start' as const, 'end' as const, null);
    fc.assert(
      fc.property(point, point, point, edge, edge, (a, b, c, x, y) => {
        const start = spanned(a, b, IMAGE);
        const all = [
          start,
          moved(start, c.x, c.y, IMAGE),
          grown(start, Math.round(c.x), Math.round(c.y), IMAGE),
          resized(start, { x, y }, c, IMAGE),
        ];
        return all.every(
          (box) =>
            Object.values(box).every(Number.isInteger) &&
            box.x >= 0 &&
            box.y >= 0 &&
            box.width >= 1 &&
            box.height >= 1 &&
            box.x + box.width <= IMAGE.width &&
            box.y + box.height <= IMAGE.height,
        );
      }),
    );
  });

  it('keeps its size when it is moved against the border', () => {
    expect(moved(BOX, 1000, -1000, IMAGE)).toEqual({ ...BOX, x: 90, y: 0 });
  });

  it('moves one corner and leaves the other where it is', () => {
    expect(resized(BOX, { x: 'start', y: 'end' }, { x: 5, y: 70 }, IMAGE)).toEqual({
      ...{ x: 5, y: 20, width: 35, height: 50 },
    });
  });

  it('stands in the pane where its pixels are drawn', () => {
    expect(inPane(BOX, VIEW, PANE)).toEqual({ x: 20, y: 40, width: 60, height: 80 });
  });
});

describe('taking hold of a rectangle', () => {
  it.each([
    ['the upper left corner', { x: 21, y: 41 }, { x: 'start', y: 'start' }, 'nwse-resize'],
    ['the right edge', { x: 81, y: 80 }, { x: 'end', y: null }, 'ew-resize'],
    ['the lower left corner', { x: 18, y: 122 }, { x: 'start', y: 'end' }, 'nesw-resize'],
    ['the middle', { x: 50, y: 80 }, { x: null, y: null }, 'move'],
    ['beside it', { x: 120, y: 80 }, null, 'crosshair'],
  ] as const)('%s', (_, point, grip, cursor) => {
    const found = gripAt(BOX, VIEW, PANE, point);
    expect(found).toEqual(grip);
    expect(cursorFor(found)).toBe(cursor);
  });

  it('lets a very small one be moved', () => {
    const tiny = { x: 10, y: 10, width: 2, height: 2 };
    expect(gripAt(tiny, VIEW, PANE, { x: 22, y: 22 })).toEqual({ x: null, y: null });
  });

  it('draws a new one beside it and moves it from inside', () => {
    const start = { selection: BOX, from: { x: 15, y: 30 } };
    expect(dragged({ ...start, grip: { x: null, y: null } }, { x: 18, y: 31 }, IMAGE)).toEqual({
      ...{ ...BOX, x: 13, y: 21 },
    });
    expect(dragged({ ...start, grip: null }, { x: 18, y: 31 }, IMAGE)).toEqual({
      ...{ x: 15, y: 30, width: 3, height: 1 },
    });
  });
});

describe('keys on a rectangle', () => {
  it('nudge it by a pixel, by ten with Shift', () => {
    expect(selectionForKey(key('ArrowRight'), BOX, IMAGE)).toEqual({ ...BOX, x: 11 });
    expect(selectionForKey(key('ArrowUp', { shiftKey: true }), BOX, IMAGE)).toEqual({
      ...{ ...BOX, y: 10 },
    });
  });

  it('change its size with Alt', () => {
    expect(selectionForKey(key('ArrowDown', { altKey: true }), BOX, IMAGE)).toEqual({
      ...{ ...BOX, height: 41 },
    });
  });

  it('remove it by Escape, and leave other keys to others', () => {
    expect(selectionForKey(key('Escape'), BOX, IMAGE)).toBeNull();
    expect(selectionForKey(key('x'), BOX, IMAGE)).toBeUndefined();
    expect(selectionForKey(key('ArrowLeft', { ctrlKey: true }), BOX, IMAGE)).toBeUndefined();
  });
});
