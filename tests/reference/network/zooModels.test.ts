import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelLibrary } from '#core/host/runtime/createModelLibrary';
import { hasModelZoo } from '#tests/helpers/hasModelZoo';
import { runPython } from '#tests/helpers/referencePrograms';
import {
  ZOO_SIZE,
  writeZooPackage,
  zooImage,
  type ZooPackageOptions,
} from '#tests/helpers/zooPackage';

const AXES = { axes: ['y', 'x'] };
const SAMPLE = { mode: 'per_sample', axes: 'yx' };
const PERCENTILES = { min_percentile: 3, max_percentile: 99.8 };

/** Packages whose processing the two programs must agree on. */
const CASES: readonly (readonly ['0.4' | '0.5', string, ZooPackageOptions])[] = [
  ['0.5', 'nothing', {}],
  ['0.5', 'mean and variance', { before: [['zero_mean_unit_variance', AXES]] }],
  [
    '0.5',
    'percentiles, clipping, and the percentiles of the input',
    {
      before: [
        ['scale_range', { ...AXES, ...PERCENTILES }],
        ['clip', { min: 0, max: 1 }],
      ],
      after: [['scale_range', { ...AXES, ...PERCENTILES, reference_tensor: 'raw' }]],
    },
  ],
  [
    '0.5',
    'fixed figures and a mask',
    {
      before: [['fixed_zero_mean_unit_variance', { mean: 400, std: 180 }]],
      after: [['sigmoid'], ['binarize', { threshold: 0.49 }]],
    },
  ],
  [
    '0.5',
    'a linear scale for its channel and a halo',
    { before: [['scale_linear', { axis: 'channel', gain: [0.01], offset: [-3] }]], halo: 4 },
  ],
  [
    '0.5',
    'clipping by percentiles',
    { before: [['clip', { ...AXES, min_percentile: 10, max_percentile: 90 }]] },
  ],
  ['0.4', 'nothing', {}],
  ['0.4', 'mean and variance', { before: [['zero_mean_unit_variance', SAMPLE]] }],
  [
    '0.4',
    'fixed figures',
    {
      before: [['zero_mean_unit_variance', { mode: 'fixed', axes: 'yx', mean: [400], std: [180] }]],
    },
  ],
  [
    '0.4',
    'percentiles and a squashed result',
    {
      before: [['scale_range', { ...SAMPLE, ...PERCENTILES }]],
      after: [['sigmoid'], ['clip', { min: 0.42, max: 0.6 }]],
      halo: 4,
    },
  ],
  ['0.4', 'a linear scale', { before: [['scale_linear', { gain: 0.01, offset: -3 }]] }],
];

describe.skipIf(!hasModelZoo.able)(`Packages made by others${hasModelZoo.needed}`, () => {
  let root: string;
  let expected: number[][];
  const folder = (index: number) => join(root, `case ${index}`);
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'axial-zoo-'));
    CASES.forEach(([format, , options], i) => writeZooPackage(folder(i), format, options));
    const paths = CASES.map((_, i) => join(folder(i), 'rdf.yaml'));
    expected = await runPython('tests/reference/network/predictZoo.py', ...paths);
  }, 120_000);
  afterAll(() => rm(root, { recursive: true }));

  it.each(CASES.map(([format, what], i) => [i, format, what] as const))(
    'give what bioimageio.core makes of them: %i, format %s, %s',
    async (index) => {
      const library = createModelLibrary({ folder: root, threads: 1 });
      const network = await library.loadPlaneNetwork(folder(index));
      const plane = await network.apply({ ...ZOO_SIZE, data: zooImage() });
      const wanted = expected[index];
      const range = Math.max(...wanted) - Math.min(...wanted);
      expect(range).toBeGreaterThan(1e-4);
      // Beyond the edges one program repeats the edge itself, the other does not.
      const edge = CASES[index][2].halo === undefined ? 0 : 5;
      const isInside = (i: number): boolean => {
        const [x, y] = [i % ZOO_SIZE.width, Math.floor(i / ZOO_SIZE.width)];
        return Math.min(x, y, ZOO_SIZE.width - 1 - x, ZOO_SIZE.height - 1 - y) >= edge;
      };
      const errors = plane.map((value, i) => (isInside(i) ? Math.abs(value - wanted[i]) : 0));
      expect(plane).toHaveLength(wanted.length);
      expect(Math.max(...errors) / range).toBeLessThan(1e-5);
    },
  );

  it('pass their own test, with the result that bioimageio.core gave, and only with that', async () => {
    const [format, , options] = CASES[2];
    const [right, wrong] = [join(root, 'right'), join(root, 'wrong')];
    const result = new Float32Array(expected[2]);
    writeZooPackage(right, format, options, result);
    writeZooPackage(
      wrong,
      format,
      options,
      result.map((value, i) => value + (i === 7 ? 0.01 : 0)),
    );
    const library = createModelLibrary({ folder: root, threads: 1 });
    expect((await library.test(right)).passed).toBe(true);
    expect(await library.test(wrong)).toMatchObject({ passed: false });
  });
});
