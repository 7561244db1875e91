import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PixelArray } from '#core/image/PixelType';
import { autoThreshold } from '#core/threshold/autoThreshold';
import { fijiHuangBin } from '#core/threshold/fijiHuangBin';
import { matlabTriangleBin } from '#core/threshold/matlabTriangleBin';
import { planeHistogram } from '#core/threshold/planeHistogram';
import { streamHistogram } from '#core/threshold/streamHistogram';
import {
  METHODS_OF_VARIANT,
  THRESHOLD_METHODS,
  THRESHOLD_VARIANTS,
  type ThresholdMethod,
} from '#core/threshold/ThresholdMethod';
import { yenBin } from '#core/threshold/yenBin';
import { uint16Fixture } from '#tests/helpers/algorithmFixtures';
import { noisePlane, planeOf } from '#tests/helpers/planes';
import {
  sceneHistogram,
  thresholdScenes,
  wideThresholdScenes,
} from '#tests/helpers/thresholdScenes';

interface FijiAnswers {
  readonly scene: string;
  readonly fiji: { readonly [method in ThresholdMethod]: number };
}

interface Answers extends FijiAnswers {
  readonly imagej: { readonly [method in ThresholdMethod]: number };
  readonly 'scikit-image': { readonly [method: string]: number };
}

const { scenes: ANSWERS, wide: WIDE_ANSWERS } = JSON.parse(
  readFileSync('tests/fixtures/algorithms/thresholds.json', 'utf8'),
) as { scenes: readonly Answers[]; wide: readonly FijiAnswers[] };
const SCENES = [...thresholdScenes(8, 12), ...thresholdScenes(16, 12)];
const BOTH = THRESHOLD_VARIANTS.flatMap((variant) =>
  METHODS_OF_VARIANT[variant].map((method) => ({ variant, method })),
);

/** A few values of a small image, of three levels at least. */
const VALUES = fc
  .array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 80 })
  .filter((values) => new Set(values).size > 2);

/** Whether two splits of the values are equally good by Otsu's criterion, up to rounding. */
function hasOtsuTie(values: readonly number[]): boolean {
  const mean = (group: readonly number[]): number =>
    group.reduce((a, b) => a + b, 0) / group.length;
  const levels = [...new Set(values)].sort((a, b) => a - b).slice(0, -1);
  const criteria = levels
    .map((level) => {
      const below = values.filter((value) => value <= level);
      const above = values.filter((value) => value > level);
      return below.length * above.length * (mean(below) - mean(above)) ** 2;
    })
    .sort((a, b) => b - a);
  const [best = 0, second = 0] = criteria;
  return second > (1 - 1e-5) * best;
}

const rowOf = (values: readonly number[], y = 1): ReturnType<typeof planeOf> =>
  planeOf(y === 1 ? values.length : 1, y === 1 ? 1 : values.length, (i, j) => values[i + j]);

describe('autoThreshold', () => {
  it.each(THRESHOLD_METHODS)('equals the window of ImageJ 1.54f by %s', async (method) => {
    for (const [i, scene] of SCENES.entries()) {
      const histogram = await sceneHistogram(scene);
      const { threshold } = autoThreshold(histogram, {
        method,
        variant: 'imagej',
      });
      expect(threshold, ANSWERS[i].scene).toBe(ANSWERS[i].imagej[method]);
    }
  });

  it.each(THRESHOLD_METHODS)('equals Auto Threshold of Fiji by %s', async (method) => {
    const scenes = [...SCENES, ...wideThresholdScenes(WIDE_ANSWERS.length)];
    const answers = [...ANSWERS, ...WIDE_ANSWERS];
    for (const [i, scene] of scenes.entries()) {
      const { threshold } = autoThreshold(await sceneHistogram(scene), { method });
      expect(threshold, answers[i].scene).toBe(answers[i].fiji[method]);
    }
  });

  // ImageJ makes 256 classes of both, which it rounds differently.
  it.each(BOTH.filter(({ variant }) => variant !== 'imagej'))(
    'finds the same in a float copy of integers, where equal classes leave a comb ($variant, $method)',
    async (options) => {
      const scene = thresholdScenes(16, 1)[0];
      const { width, height, pixels } = scene;
      const copy = planeHistogram({ width, height, data: Float32Array.from(pixels) });
      const { threshold } = autoThreshold(await sceneHistogram(scene), options);
      expect(autoThreshold(copy, options).threshold).toBe(threshold);
    },
  );

  it.each(METHODS_OF_VARIANT['scikit-image'])('equals scikit-image by %s', async (method) => {
    for (const [i, scene] of SCENES.entries()) {
      const histogram = await sceneHistogram(scene);
      const { threshold } = autoThreshold(histogram, {
        method,
        variant: 'scikit-image',
      });
      expect(threshold, ANSWERS[i].scene).toBeCloseTo(ANSWERS[i]['scikit-image'][method], 8);
    }
  });

  it.each([
    ['tri_0.raw', 298],
    ['tri_1.raw', 1378],
    ['tri_2.raw', 348],
  ])('follows the triangle of MATLAB users on %s', async (file, expected) => {
    const pixels = uint16Fixture(file);
    const histogram = await streamHistogram(1, 192, () => Promise.resolve(pixels));
    const options = { method: 'triangle', variant: 'matlab' } as const;
    expect(autoThreshold(histogram, options).threshold).toBe(expected);
  });

  it.each(BOTH)('says that a constant image has no foreground ($variant, $method)', (options) => {
    const result = autoThreshold(planeHistogram(rowOf([5, 5, 5])), options);
    expect(result).toEqual({
      threshold: 5,
      note: expect.stringMatching(/equal/) as string,
    });
    const fraction = autoThreshold(planeHistogram(rowOf([0.5, 0.5])), options);
    expect(fraction.threshold).toBe(0.5);
  });

  it.each(BOTH)('moves with the grey levels ($variant, $method)', (options) => {
    fc.assert(
      fc.property(VALUES, fc.integer({ min: -500, max: 500 }), (values, shift) => {
        // Of equal answers, rounding chooses in scikit-image; and it works with the levels themselves.
        fc.pre(options.variant !== 'scikit-image' || !hasOtsuTie(values));
        const moved = values.map((value) => value + shift);
        const threshold = autoThreshold(planeHistogram(rowOf(moved)), options).threshold - shift;
        // The classes of ImageJ count from the lowest value too, once it is not an 8-bit image.
        expect(threshold).toBeCloseTo(
          autoThreshold(planeHistogram(rowOf(values)), options).threshold,
          8,
        );
      }),
    );
  });

  it.each(BOTH)('scales with fractions ($variant, $method)', (options) => {
    const plane = noisePlane(30, 20, 4, 10);
    const scaled = planeOf(30, 20, (x, y) => 8 * plane.data[y * 30 + x]);
    expect(autoThreshold(planeHistogram(scaled), options).threshold).toBeCloseTo(
      8 * autoThreshold(planeHistogram(plane), options).threshold,
      6,
    );
  });

  it.each(BOTH)('does not mind how an image is laid out ($variant, $method)', (options) => {
    fc.assert(
      fc.property(VALUES, (values) => {
        const { threshold } = autoThreshold(planeHistogram(rowOf(values)), options);
        expect(autoThreshold(planeHistogram(rowOf(values, 2)), options).threshold).toBe(threshold);
        if (options.variant === 'matlab') return;
        expect(threshold).toBeGreaterThanOrEqual(Math.min(...values));
        expect(threshold).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('refuses methods that the original does not have', () => {
    const histogram = planeHistogram(rowOf([1, 2, 3]));
    expect(() => autoThreshold(histogram, { method: 'huang', variant: 'matlab' })).toThrow(
      expect.objectContaining({ tag: 'UsageError' }),
    );
  });
});

/** Splits by the definition: the doubts of all pixels at each, means rounded to bins. */
function slowFijiHuang(counts: Float64Array): number {
  const { length } = counts;
  const group = (from: number, to: number): number => {
    let [size, moment] = [0, 0];
    for (let bin = from; bin < to; bin++) {
      size += counts[bin];
      moment += bin * counts[bin];
    }
    return Math.round(moment / size);
  };
  const fuzziness = Array.from(counts.keys(), (split) => {
    const [below, above] = [group(0, split + 1), group(split + 1, length)];
    return counts.reduce((sum, count, bin) => {
      const distance = Math.abs(bin - (bin <= split ? below : above));
      if (distance === 0) return sum;
      const membership = 1 / (1 + distance / (length - 1));
      const rest = 1 - membership;
      return sum + (-membership * Math.log(membership) - rest * Math.log(rest)) * count;
    }, 0);
  });
  return fuzziness.indexOf(Math.min(...fuzziness));
}

describe('fijiHuangBin', () => {
  it('finds what summing every split finds', () => {
    const count = fc.oneof(fc.constant(0), fc.nat(9), fc.nat(1000));
    const inner = fc.array(count, { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        inner,
        fc.integer({ min: 1, max: 50 }),
        (...h) => {
          const counts = Float64Array.from(h.flat());
          expect(fijiHuangBin(counts)).toBe(slowFijiHuang(counts));
        },
      ),
    );
  });
});

describe('yenBin', () => {
  it('has no answer where every split is as good as none', () => {
    expect(yenBin(Float64Array.of(4, 0, 4))).toBeNull();
  });
});

describe('matlabTriangleBin', () => {
  it('lies two bins above the farthest one of a left tail, as its original does', () => {
    // The line from (0, 1) to (4, 9) is farthest from the empty bin 3.
    expect(matlabTriangleBin(Float64Array.of(1, 2, 2, 0, 9))).toBe(5);
  });
});

describe('streamHistogram', () => {
  it.each(['uint8', 'uint16', 'float32'] as const)('adds up the planes of %s', async (type) => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const make = {
      uint8: Uint8Array,
      uint16: Uint16Array,
      float32: Float32Array,
    }[type];
    const planes: PixelArray[] = [make.from(values.slice(0, 4)), make.from(values.slice(4))];
    const streamed = await streamHistogram(2, 2, (z) => Promise.resolve(planes[z]));
    expect(streamed).toEqual({
      ...planeHistogram(rowOf(values)),
      pixelType: type,
    });
  });

  it('bins fractions as one plane does', async () => {
    const whole = noisePlane(9, 8, 3, 1);
    const read = (z: number): Promise<PixelArray> =>
      Promise.resolve(whole.data.slice(36 * z, 36 * (z + 1)));
    expect(await streamHistogram(2, 9, read)).toEqual(planeHistogram(whole));
  });

  it.each([Number.NaN, Infinity])('refuses %d and says where it is', async (bad) => {
    const read = (): Promise<PixelArray> => Promise.resolve(Float32Array.of(1, 2, 3, bad));
    await expect(streamHistogram(1, 2, read)).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
      details: { x: 1, y: 1 },
    });
  });
});
