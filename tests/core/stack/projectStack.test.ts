import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { medianOf } from '#core/stack/medianOf';
import { PROJECTION_METHODS, projectStack, type ProjectionMethod } from '#core/stack/projectStack';
import { projectTime } from '#core/stack/projectTime';
import { reorderAxes } from '#core/stack/reorderAxes';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';
import { samplesOf } from '#tests/helpers/stackPixels';

/** A float32 stack of one row of one pixel with these values along z. */
function column(values: number[], changes: Partial<ImageStack> = {}): ImageStack {
  const shape = { t: 1, c: 1, z: values.length, y: 1, x: 1 };
  const source = memoryPlaneSource(
    shape,
    values.map((value) => Float32Array.of(value)),
  );
  return { ...rampStack(shape, 'float32'), source, ...changes };
}

async function projected(stack: ImageStack): Promise<{ [method: string]: number }> {
  const entries = PROJECTION_METHODS.map(async (method) => {
    const [value] = await samplesOf(projectStack(stack, method));
    return [method, value] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('projections', () => {
  it('are what a pocket calculator gives', async () => {
    const values = await projected(column([2, 8, 4, 10]));
    expect(values).toMatchObject({ max: 10, min: 2, mean: 6, sum: 24, median: 6 });
    expect(values['std']).toBeCloseTo(Math.sqrt(40 / 3), 6);
  });

  it('of a single plane are that plane, with no deviation', async () => {
    expect(await projected(column([7]))).toEqual({
      ...{ max: 7, min: 7, mean: 7, sum: 7, median: 7, std: 0 },
    });
  });

  it('leave NaN out and keep a pixel that is nothing else', async () => {
    const some = await projected(column([NaN, 3, NaN, 5]));
    expect(some).toMatchObject({ max: 5, min: 3, mean: 4, sum: 8, median: 4 });
    const none = await projected(column([NaN, NaN]));
    for (const method of PROJECTION_METHODS) expect(none[method]).toBeNaN();
  });

  it.each([Uint8Array, Uint16Array])(
    'of integers take extremes and sums of every pixel: %o',
    async (Type) => {
      const most = 256 ** Type.BYTES_PER_ELEMENT - 1;
      const plane = (width: number) =>
        fc.array(fc.integer({ min: 0, max: most }), { minLength: width, maxLength: width });
      const planes = fc
        .integer({ min: 1, max: 70 })
        .chain((x) => fc.array(plane(x), { minLength: 1 }));
      await fc.assert(
        fc.asyncProperty(planes, async (values) => {
          const shape = { t: 1, c: 1, z: values.length, y: 1, x: values[0].length };
          const source = memoryPlaneSource(
            shape,
            values.map((row) => Type.from(row)),
          );
          const stack = { ...rampStack(shape, most > 255 ? 'uint16' : 'uint8'), source };
          const sum = (...numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
          const mean = (...numbers: number[]) => Math.fround(sum(...numbers) / numbers.length);
          for (const [method, of] of Object.entries({ max: Math.max, min: Math.min, sum, mean })) {
            const expected = values[0].map((_, x) => of(...values.map((row) => row[x])));
            const made = await samplesOf(projectStack(stack, method as ProjectionMethod));
            expect(Array.from(made)).toEqual(expected);
          }
        }),
      );
    },
  );

  it('of large values with a small spread keep the digits of the deviation', async () => {
    const base = 2 ** 23;
    const { std } = await projected(column([base, base + 1, base + 2]));
    expect(std).toBe(1);
  });

  it('give measured values where samples are mapped, also where the mapping falls', async () => {
    const mapped = column([2, 8], { valueMapping: { offset: 100, scale: -10 } });
    expect(await projected(mapped)).toMatchObject({
      mean: 50,
      median: 50,
      sum: 100,
      max: 2,
      min: 8,
    });
    expect(projectStack(mapped, 'max').valueMapping).toEqual({ offset: 100, scale: -10 });
    expect(projectStack(mapped, 'mean').valueMapping).toBeNull();
  });

  it('drop z from the calibration and nothing else', () => {
    const stack = rampStack({ t: 2, c: 2, z: 3, y: 4, x: 5 }, 'uint16', {
      calibration: fullCalibration(['a', 'b']),
    });
    const max = projectStack(stack, 'max');
    expect(max.shape).toEqual({ t: 2, c: 2, z: 1, y: 4, x: 5 });
    expect(max.pixelType).toBe('uint16');
    expect(max.calibration).toEqual({
      ...stack.calibration,
      pixelSizeUm: { x: 0.0645, y: 0.1032, z: null },
    });
    expect(projectStack(stack, 'std').pixelType).toBe('float32');
  });

  it('by median are the same in bands of any size', async () => {
    const stack = rampStack({ t: 1, c: 2, z: 5, y: 7, x: 3 }, 'uint16');
    const whole = await samplesOf(projectStack(stack, 'median'));
    for (const bandBytes of [1, 70, 200]) {
      expect(await samplesOf(projectStack(stack, 'median', { bandBytes }))).toEqual(whole);
    }
  });

  it('over time are projections along z of the stack with its axes swapped', async () => {
    const stack = rampStack({ t: 4, c: 2, z: 3, y: 2, x: 3 }, 'uint16', {
      calibration: fullCalibration(['a', 'b']),
    });
    const time = projectTime(stack, 'mean');
    expect(time.shape).toEqual({ t: 1, c: 2, z: 3, y: 2, x: 3 });
    expect(time.calibration).toEqual({ ...stack.calibration, timeStepS: null });
    const swapped = reorderAxes(stack, 'zct');
    const [along] = [projectStack(swapped, 'mean')];
    expect(await time.source.read({ t: 0, c: 1, z: 2 })).toEqual(
      await along.source.read({ t: 2, c: 1, z: 0 }),
    );
  });

  it('tell how far they are and stop when cancelled', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 4, y: 2, x: 2 }, 'uint8');
    const fractions: number[] = [];
    const controller = new AbortController();
    const max = projectStack(stack, 'max', {
      onFraction: (fraction) => {
        fractions.push(fraction);
        if (fraction === 0.5) controller.abort();
      },
    });
    const { signal } = controller;
    await expect(max.source.read({ t: 0, c: 0, z: 0 }, { signal })).rejects.toThrow();
    expect(fractions).toEqual([0.25, 0.5]);
  });
});

describe('the median of values', () => {
  it('is that of the sorted values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), {
          minLength: 1,
          maxLength: 150,
        }),
        (values) => {
          const sorted = values.toSorted((a, b) => a - b);
          const middle = values.length >> 1;
          const expected =
            values.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
          expect(medianOf(Float32Array.from(values), values.length)).toBeCloseTo(expected, 9);
        },
      ),
    );
  });

  it('is NaN of nothing, and infinite where the middle is', () => {
    expect(medianOf(new Float32Array(3), 0)).toBeNaN();
    expect(medianOf(Float32Array.of(Infinity, 1, Infinity, Infinity), 4)).toBe(Infinity);
  });
});
