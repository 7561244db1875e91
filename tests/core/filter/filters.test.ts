import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discRows } from '#core/filter/discRows';
import { gaussianBlur } from '#core/image/gaussianBlur';
import { invertStack } from '#core/filter/invertStack';
import { medianFilter } from '#core/filter/medianFilter';
import { INTERPOLATIONS } from '#core/filter/resampleWeights';
import { resizePlane } from '#core/filter/resizePlane';
import type { Plane } from '#core/image/Plane';
import { noisePlane, planeOf } from '#tests/helpers/planes';
import { rampStack } from '#tests/helpers/rampStack';
import { samplesOf } from '#tests/helpers/stackPixels';

const sides = fc.integer({ min: 1, max: 12 });
const sum = ({ data }: Plane): number => data.reduce((total, value) => total + value, 0);
const mean = (plane: Plane): number => sum(plane) / plane.data.length;

describe('gaussianBlur', () => {
  it('of one bright pixel is the Gaussian itself', () => {
    const side = 41;
    const spot = planeOf(side, side, (x, y) => (x === 20 && y === 20 ? 1 : 0));
    const { data } = gaussianBlur(spot, 2);
    for (const [x, y] of [
      [20, 20],
      [23, 20],
      [18, 25],
    ]) {
      const expected = Math.exp(-((x - 20) ** 2 + (y - 20) ** 2) / 8) / (8 * Math.PI);
      expect(data[y * side + x] / expected).toBeCloseTo(1, 3);
    }
  });

  it('leaves a constant as it is, on any size', () => {
    fc.assert(
      fc.property(sides, sides, fc.double({ min: 0.1, max: 30, noNaN: true }), (w, h, sigma) => {
        const { data } = gaussianBlur(
          planeOf(w, h, () => 1234),
          sigma,
        );
        for (const value of data) expect(value).toBeCloseTo(1234, 2);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the sum when nothing reaches the border, and does not mind a turn of the axes', () => {
    fc.assert(
      fc.property(sides, sides, fc.double({ min: 0.3, max: 2, noNaN: true }), (w, h, sigma) => {
        const rim = Math.ceil(4 * sigma) + 1;
        const inner = noisePlane(w, h, 31 * w + h);
        const valueAt = (x: number, y: number): number =>
          x >= rim && y >= rim && x < rim + w && y < rim + h
            ? inner.data[(y - rim) * w + x - rim]
            : 0;
        const [width, height] = [w + 2 * rim, h + 2 * rim];
        const blurred = gaussianBlur(planeOf(width, height, valueAt), sigma);
        expect(sum(blurred) / sum(inner)).toBeCloseTo(1, 5);
        const turned = gaussianBlur(
          planeOf(height, width, (x, y) => valueAt(y, x)),
          sigma,
        );
        blurred.data.forEach((value, i) => {
          const [x, y] = [i % width, Math.floor(i / width)];
          expect(turned.data[x * height + y]).toBeCloseTo(value, 2);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('spreads a NaN only as far as the kernel reaches', () => {
    const plane = planeOf(20, 9, (x, y) => (x === 3 && y === 4 ? NaN : 1));
    const { data } = gaussianBlur(plane, 0.5);
    expect(data.map((value) => (Number.isNaN(value) ? 1 : 0)).reduce((a, b) => a + b)).toBe(25);
  });

  it.each([0, -1, NaN])('refuses a sigma of %f', (sigma) => {
    expect(() => gaussianBlur(noisePlane(3, 3, 1), sigma)).toThrow(RangeError);
  });
});

/** By the definition: all values of the disc, sorted. */
function slowMedian({ width, height, data }: Plane, radius: number): Float32Array {
  const reach = discRows(radius);
  const clamp = (value: number, end: number): number => Math.min(end - 1, Math.max(0, value));
  return planeOf(width, height, (x, y) => {
    const values: number[] = [];
    for (let dy = 1 - reach.length; dy < reach.length; dy++) {
      const half = reach[Math.abs(dy)];
      for (let dx = -half; dx <= half; dx++) {
        values.push(data[clamp(y + dy, height) * width + clamp(x + dx, width)]);
      }
    }
    const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    if (sorted.length === 0) return NaN;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }).data;
}

describe('medianFilter', () => {
  it('is the middle of the sorted disc: any size, whole numbers, fractions and NaN', () => {
    const values = fc.constantFrom('whole', 'fraction', 'nan');
    const radii = fc.constantFrom(0.5, 1, 1.5, 2, 3, 4.5);
    fc.assert(
      fc.property(sides, sides, radii, values, fc.nat(1000), (w, h, radius, kind, seed) => {
        const noise = noisePlane(w, h, seed, 40);
        const plane = planeOf(w, h, (x, y) => {
          const value = noise.data[y * w + x];
          if (kind === 'whole') return Math.floor(value);
          return kind === 'nan' && value < 12 ? NaN : value - 20;
        });
        expect(medianFilter(plane, radius).data).toEqual(slowMedian(plane, radius));
      }),
      { numRuns: 150 },
    );
  });

  it('removes single wrong pixels, infinite ones too', () => {
    const plane = planeOf(7, 5, (x, y) => (x === 3 && y === 2 ? Infinity : 9));
    expect(medianFilter(plane, 1).data).toEqual(planeOf(7, 5, () => 9).data);
  });

  it('draws discs as ImageJ does', () => {
    expect([0.5, 1, 2, 2.5, 3].map((radius) => [...discRows(radius)])).toEqual([
      [1, 0],
      [1, 1],
      [2, 2, 1],
      [3, 2, 2, 0],
      [3, 3, 2, 1],
    ]);
  });
});

describe('resizePlane', () => {
  it('to the same size changes nothing, NaN included', () => {
    const plane = noisePlane(7, 5, 3);
    plane.data[11] = NaN;
    for (const how of INTERPOLATIONS) expect(resizePlane(plane, plane, how)).toEqual(plane);
  });

  it('keeps a constant, with any interpolation and size', () => {
    fc.assert(
      fc.property(
        sides,
        sides,
        sides,
        sides,
        fc.constantFrom(...INTERPOLATIONS),
        (w, h, x, y, how) => {
          const size = { width: x, height: y };
          const { data, width, height } = resizePlane(
            planeOf(w, h, () => 77),
            size,
            how,
          );
          expect([width, height]).toEqual([x, y]);
          for (const value of data) expect(value).toBeCloseTo(77, 4);
        },
      ),
    );
  });

  it('by area keeps the mean, whatever the ratio', () => {
    fc.assert(
      fc.property(sides, sides, sides, sides, (w, h, x, y) => {
        const plane = noisePlane(w, h, w * 13 + h);
        const resized = resizePlane(plane, { width: x, height: y }, 'area');
        expect(mean(resized) / mean(plane)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('puts the linear ramp where it belongs: the ends of both images coincide', () => {
    const ramp = planeOf(8, 6, (x, y) => 10 * (x + 0.5) + 100 * (y + 0.5));
    for (const how of ['linear', 'cubic'] as const) {
      const { data } = resizePlane(ramp, { width: 24, height: 18 }, how);
      for (const [x, y] of [
        [8, 8],
        [13, 7],
        [15, 10],
      ]) {
        expect(data[y * 24 + x]).toBeCloseTo((10 * (x + 0.5) + 100 * (y + 0.5)) / 3, 3);
      }
    }
  });

  it('with nearest makes no new values', () => {
    const plane = noisePlane(9, 7, 5);
    const known = new Set(plane.data);
    const { data } = resizePlane(plane, { width: 20, height: 3 }, 'nearest');
    for (const value of data) expect(known.has(value)).toBe(true);
  });

  it('does not alias: a fine chequerboard becomes grey when it gets smaller', () => {
    const board = planeOf(64, 64, (x, y) => ((x + y) % 2) * 100);
    for (const how of ['linear', 'cubic', 'area'] as const) {
      const { data } = resizePlane(board, { width: 16, height: 16 }, how);
      for (const value of data) expect(Math.abs(value - 50)).toBeLessThan(1.5);
    }
  });
});

describe('invertStack', () => {
  const shape = { t: 1, c: 2, z: 3, y: 3, x: 5 };

  it.each(['uint8', 'uint16'] as const)('twice changes nothing: %s', async (pixelType) => {
    const stack = rampStack(shape, pixelType);
    const once = await invertStack(stack);
    const largest = pixelType === 'uint8' ? 255 : 65_535;
    const samples = await samplesOf(stack);
    expect(await samplesOf(once)).toEqual(samples.map((value) => largest - value));
    expect(await samplesOf(await invertStack(once))).toEqual(samples);
  });

  it('reflects float32 between the ends of the whole stack and keeps NaN', async () => {
    const stack = rampStack(shape, 'float32');
    stack.planes[0][4] = NaN;
    const finite = (await samplesOf(stack)).filter((value) => !Number.isNaN(value));
    const inverted = await samplesOf(await invertStack(stack));
    expect(inverted[4]).toBeNaN();
    const others = inverted.filter((value) => !Number.isNaN(value));
    expect(Math.max(...others)).toBeCloseTo(Math.max(...finite), 5);
    expect(Math.min(...others)).toBeCloseTo(Math.min(...finite), 5);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    others.forEach((value, i) => expect(value).toBe(Math.fround(low + high - finite[i])));
  });
});
