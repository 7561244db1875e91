import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { discRows } from '#core/filter/discRows';
import { gaussianBlur } from '#core/image/gaussianBlur';
import { medianFilter } from '#core/filter/medianFilter';
import type { Interpolation } from '#core/filter/resampleWeights';
import { resizePlane } from '#core/filter/resizePlane';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { Plane } from '#core/image/Plane';
import { PROJECTION_METHODS, projectStack } from '#core/stack/projectStack';
import { noisePlane, planeOf } from '#tests/helpers/planes';
import { rampStack } from '#tests/helpers/rampStack';
import { describeWith, runPython } from '#tests/helpers/referencePrograms';

const folder = mkdtempSync(join(tmpdir(), 'axial-filter-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the reference programs make of planes of one size. */
async function theirs(
  job: string,
  planes: readonly Plane[],
  details: object,
): Promise<Float64Array> {
  const [{ width, height }] = planes;
  const all = Float32Array.from(planes.flatMap(({ data }) => [...data]));
  writeFileSync(join(folder, 'planes.raw'), new Uint8Array(all.buffer));
  const shape = [planes.length, height, width];
  const script = 'tests/reference/filter/filters.py';
  await runPython(script, job, folder, JSON.stringify({ shape, ...details }));
  return new Float64Array(Uint8Array.from(readFileSync(join(folder, 'expected.raw'))).buffer);
}

/** Largest difference, as a part of the largest value. */
function largestError(ours: ArrayLike<number>, expected: Float64Array): number {
  expect(ours.length).toBe(expected.length);
  let error = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    error = Math.max(error, Math.abs(ours[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return error / largest;
}

const joined = (planes: readonly Plane[]): number[] => planes.flatMap(({ data }) => [...data]);
const SIZES = [
  [1, 1],
  [1, 9],
  [13, 2],
  [61, 47],
] as const;

describeWith('python', 'filters against scipy', () => {
  it.each(SIZES)('blur %i x %i pixels equally with every sigma', async (width, height) => {
    const plane = noisePlane(width, height, width, 65_535);
    const sigmas = [0.1, 0.3, 0.5, 1, 2.7, 11, 40];
    const expected = await theirs('blur', [plane], { sigmas });
    const ours = joined(sigmas.map((sigma) => gaussianBlur(plane, sigma)));
    expect(largestError(ours, expected)).toBeLessThan(2e-7);
  });

  it.each([SIZES[1], SIZES[3]])(
    'find the same medians of %i x %i pixels',
    async (width, height) => {
      const fractions = noisePlane(width, height, height, 300);
      const whole = planeOf(width, height, (x, y) => Math.floor(fractions.data[y * width + x]));
      const radii = [0.5, 1, 2, 3.5, 7];
      for (const plane of [fractions, whole]) {
        const reaches = radii.map((radius) => [...discRows(radius)]);
        const expected = await theirs('median', [plane], { reaches });
        const ours = joined(radii.map((radius) => medianFilter(plane, radius)));
        expect(largestError(ours, expected)).toBe(0);
      }
    },
  );
});

describeWith('python', 'scaling against Pillow and scikit-image', () => {
  const plane = noisePlane(61, 47, 4, 65_535);
  const sizes = [
    [61, 47],
    [122, 94],
    [200, 50],
    [30, 23],
    [7, 101],
    [1, 1],
  ];
  const scaled = (list: number[][], how: Interpolation): number[] =>
    joined(list.map(([width, height]) => resizePlane(plane, { width, height }, how)));

  it.each(['nearest', 'linear', 'cubic'] as const)(
    'is equal to Pillow, larger and smaller: %s',
    async (interpolation) => {
      const expected = await theirs('scale', [plane], { sizes, interpolation });
      expect(largestError(scaled(sizes, interpolation), expected)).toBeLessThan(2e-7);
    },
  );

  it('enlarges linearly as scikit-image does', async () => {
    const larger = sizes.slice(0, 3);
    const expected = await theirs('enlarge', [plane], { sizes: larger });
    expect(largestError(scaled(larger, 'linear'), expected)).toBeLessThan(2e-7);
  });

  it('by area gives the means of whole blocks', async () => {
    const even = noisePlane(60, 48, 9);
    const blocks = [
      [2, 2],
      [3, 4],
      [60, 1],
    ];
    const expected = await theirs('local_mean', [even], { blocks });
    const ours = joined(
      blocks.map(([x, y]) => resizePlane(even, { width: 60 / x, height: 48 / y }, 'area')),
    );
    expect(largestError(ours, expected)).toBeLessThan(2e-7);
  });
});

describeWith('python', 'projections against numpy', () => {
  it.each([1, 2, 7, 10])('of %i planes are equal', async (count) => {
    const [width, height] = [17, 13];
    const planes = Array.from({ length: count }, (_, z) => noisePlane(width, height, z, 65_535));
    const shape = { t: 1, c: 1, z: count, y: height, x: width };
    const source = memoryPlaneSource(
      shape,
      planes.map(({ data }) => data),
    );
    const stack = { ...rampStack(shape, 'float32'), source };
    const expected = await theirs('project', planes, {});
    for (const [i, method] of PROJECTION_METHODS.entries()) {
      const ours = await projectStack(stack, method).source.read({ t: 0, c: 0, z: 0 });
      const part = expected.subarray(i * ours.length, (i + 1) * ours.length);
      // numpy divides by zero for the deviation of one value; ours is stated to be 0.
      if (method === 'std' && count === 1) expect(part.every(Number.isNaN)).toBe(true);
      else expect(largestError(ours, part)).toBeLessThan(2e-7);
    }
  });
});
