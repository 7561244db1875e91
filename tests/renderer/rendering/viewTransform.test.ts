import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleBar } from '#renderer/rendering/scaleBar';
import {
  fitView,
  MAX_ZOOM,
  MIN_ZOOM,
  nextZoom,
  paneToImage,
  panBy,
  zoomAt,
} from '#renderer/rendering/viewTransform';

const image = { width: 320, height: 200 };
const pane = { width: 640, height: 640 };

describe('the view of a pane', () => {
  it('fits the whole image into the middle', () => {
    expect(fitView(image, pane)).toEqual({ centreX: 160, centreY: 100, zoom: 2 });
    expect(fitView(image, { width: 0, height: 0 }).zoom).toBe(1);
  });

  it('keeps the point under the mouse where it is while zooming', () => {
    const coordinate = fc.double({ min: 0, max: 640, noNaN: true });
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (x, y, factor) => {
          const before = fitView(image, pane);
          const after = zoomAt(before, pane, { x, y }, factor);
          const fixed = paneToImage(before, pane, { x, y });
          const now = paneToImage(after, pane, { x, y });
          expect(now.x).toBeCloseTo(fixed.x, 6);
          expect(now.y).toBeCloseTo(fixed.y, 6);
        },
      ),
    );
  });

  it('moves with the mouse and keeps the image in sight', () => {
    const view = fitView(image, pane);
    expect(panBy(view, image, 20, -10)).toMatchObject({ centreX: 150, centreY: 105 });
    expect(panBy(view, image, 1e6, 1e6)).toMatchObject({ centreX: 0, centreY: 0 });
  });

  it('steps through the levels that ImageJ has and stops at the ends', () => {
    expect([nextZoom(1, 1), nextZoom(1, -1), nextZoom(1.7, 1), nextZoom(1.7, -1)]).toEqual([
      1.5, 0.75, 2, 1.5,
    ]);
    expect([nextZoom(MAX_ZOOM, 1), nextZoom(MIN_ZOOM, -1)]).toEqual([MAX_ZOOM, MIN_ZOOM]);
  });
});

describe('the scale bar', () => {
  it.each([
    [0.1, 110, 10, '10 µm'],
    [0.05, 110, 5, '5 µm'],
    [0.001, 110, 0.1, '100 nm'],
    [20, 110, 2000, '2 mm'],
  ])('of %s µm a pixel within %s px is %s µm long', (umPerPx, maxPx, lengthUm, label) => {
    const bar = scaleBar(umPerPx, maxPx);
    expect(bar.lengthUm).toBeCloseTo(lengthUm, 9);
    expect(bar.label).toBe(label);
  });

  it('is never longer than it may be, and at least two fifths of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 100, noNaN: true }), (umPerPx) => {
        const { lengthPx } = scaleBar(umPerPx, 110);
        expect(lengthPx).toBeLessThanOrEqual(110.001);
        expect(lengthPx).toBeGreaterThanOrEqual(0.399 * 110);
      }),
    );
  });
});
