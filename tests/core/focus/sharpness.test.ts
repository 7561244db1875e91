import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laplacianEnergy } from '#core/focus/laplacianEnergy';
import { localVariance } from '#core/focus/localVariance';
import { wholeSampleMirror } from '#core/focus/mirrorPad';
import type { SharpnessRows } from '#core/focus/sharpnessRows';
import { sobelMagnitude } from '#core/focus/sobelMagnitude';
import type { Plane } from '#core/image/Plane';
import { noisePlane, planeOf } from '#tests/helpers/planes';

function mapOf(sharpness: SharpnessRows, plane: Plane): Float32Array {
  const map = new Float32Array(plane.data.length);
  sharpness(plane, (row, y) => map.set(row, y * plane.width));
  return map;
}

const at = ({ width, height, data }: Plane, x: number, y: number): number =>
  data[wholeSampleMirror(y, height) * width + wholeSampleMirror(x, width)];

/** Sum of `valueAt` over the window around each pixel, its places mirrored. */
function windowed(
  plane: Plane,
  windowPx: number,
  valueAt: (x: number, y: number, i: number) => number,
): number[] {
  const radius = (windowPx - 1) / 2;
  return Array.from(plane.data, (_, i) => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const y = wholeSampleMirror(Math.floor(i / plane.width) + dy, plane.height);
        sum += valueAt(wholeSampleMirror((i % plane.width) + dx, plane.width), y, i);
      }
    }
    return sum;
  });
}

const SIZES = [fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 15 })] as const;

function expectClose(map: Float32Array, expected: readonly number[]): void {
  const largest = Math.max(...expected, 1e-6);
  map.forEach((value, i) => expect(Math.abs(value - expected[i]) / largest).toBeLessThan(1e-5));
}

describe('localVariance', () => {
  it.each([1, 3, 5, 11])('is the variance in windows of %d pixels', (windowPx) => {
    fc.assert(
      fc.property(...SIZES, fc.constantFrom(1, 1000), (width, height, range) => {
        const plane = noisePlane(width, height, width * height, range);
        const count = windowPx ** 2;
        const means = windowed(plane, windowPx, (x, y) => at(plane, x, y) / count);
        const expected = windowed(
          plane,
          windowPx,
          (x, y, i) => (at(plane, x, y) - means[i]) ** 2 / count,
        );
        expectClose(mapOf(localVariance(width, height, windowPx), plane), expected);
      }),
      { numRuns: 30 },
    );
  });

  it('is exactly 0 where all values are equal, beside whatever else', () => {
    const plane = planeOf(30, 20, (x, y) => (x < 10 && y < 10 ? 1e4 * Math.sin(x * y + 1) : 0.1));
    const map = mapOf(localVariance(30, 20, 5), plane);
    for (let y = 0; y < 20; y++) for (let x = 12; x < 30; x++) expect(map[y * 30 + x]).toBe(0);
  });
});

describe('laplacianEnergy', () => {
  it.each([1, 3, 7])('sums squared Laplacians in windows of %d pixels', (windowPx) => {
    fc.assert(
      fc.property(...SIZES, (width, height) => {
        const plane = noisePlane(width, height, width + 31 * height);
        const expected = windowed(plane, windowPx, (x, y) => {
          const around =
            at(plane, x - 1, y) + at(plane, x + 1, y) + at(plane, x, y - 1) + at(plane, x, y + 1);
          return (around - 4 * at(plane, x, y)) ** 2;
        });
        expectClose(mapOf(laplacianEnergy(width, height, windowPx), plane), expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('sobelMagnitude', () => {
  it('is the squared 3 x 3 gradient', () => {
    fc.assert(
      fc.property(...SIZES, (width, height) => {
        const plane = noisePlane(width, height, 7 * width + height);
        const expected = windowed(plane, 1, (x, y) => {
          let [dx, dy] = [0, 0];
          for (const k of [-1, 0, 1]) {
            const weight = k === 0 ? 2 : 1;
            dx += weight * (at(plane, x + 1, y + k) - at(plane, x - 1, y + k));
            dy += weight * (at(plane, x + k, y + 1) - at(plane, x + k, y - 1));
          }
          return dx * dx + dy * dy;
        });
        expectClose(mapOf(sobelMagnitude(width, height), plane), expected);
      }),
      { numRuns: 30 },
    );
  });
});
