import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTITY_MATRIX, affineMatrix, composeMatrices } from '#core/registration/Matrix3';
import type { Matrix3 } from '#core/registration/Matrix3';
import type { PlaneMap } from '#core/registration/PlaneMap';
import { alignmentTransforms } from '#core/registration/alignmentTransforms';
import { composeAlignment } from '#core/registration/composeAlignment';
import { flagSuspectPlanes } from '#core/registration/flagSuspectPlanes';
import { planAlignment } from '#core/registration/planAlignment';
import { planeMean } from '#core/registration/planeMean';
import { registerPair } from '#core/registration/registerPair';
import type { PairRegistration } from '#core/registration/registerPair';
import { blobScene, seededRandom, similarity } from './scenes';

const shift = (x: number, y: number) => affineMatrix(1, 0, x, 0, 1, y);
const maps = (...matrices: Matrix3[]): PlaneMap[] => matrices.map((matrix) => ({ matrix }));
const size = { width: 100, height: 80 };

function registration(changes: Partial<PairRegistration> = {}): PairRegistration {
  return {
    matrix: shift(1, 0),
    costBefore: 10,
    costAfter: 4,
    correlationBefore: 0.6,
    correlationAfter: 0.9,
    displacementPx: 1,
    converged: true,
    betterShiftPx: null,
    iterations: 5,
    ...changes,
  };
}

describe('planAlignment', () => {
  it('pairs every plane with its neighbour towards the anchor', () => {
    const { pairs } = planAlignment(4, 'previous', { anchor: 2 });
    expect(pairs.map((pair) => [pair.moving, pair.referenceStart])).toEqual([
      [0, 1],
      [1, 2],
      [3, 2],
    ]);
    expect(pairs.every((pair) => pair.referenceCount === 1)).toBe(true);
    expect(pairs.map(({ reversed }) => reversed)).toEqual([false, true, true]);
  });

  it('lays all planes but the first on the mean of the first ones', () => {
    expect(planAlignment(3, 'first', { firstCount: 2 }).pairs).toEqual([
      { moving: 1, referenceStart: 0, referenceCount: 2, reversed: false },
      { moving: 2, referenceStart: 0, referenceCount: 2, reversed: false },
    ]);
  });

  it('lays every plane on the mean of all', () => {
    expect(planAlignment(2, 'mean').pairs).toEqual([
      { moving: 0, referenceStart: 0, referenceCount: 2, reversed: false },
      { moving: 1, referenceStart: 0, referenceCount: 2, reversed: false },
    ]);
  });

  it('has nothing to do for a single plane', () => {
    expect(planAlignment(1, 'previous').pairs).toEqual([]);
    expect(planAlignment(1, 'first').pairs).toEqual([]);
  });

  it.each([
    [0, {}],
    [2.5, {}],
    [3, { anchor: 3 }],
    [3, { anchor: -1 }],
    [3, { firstCount: 0 }],
    [3, { firstCount: 4 }],
  ])('refuses %d planes with %o', (planeCount, options) => {
    expect(() => planAlignment(planeCount, 'first', options)).toThrow(RangeError);
  });
});

describe('composeAlignment', () => {
  it('chains transforms outwards from the anchor, which stays', () => {
    const plan = planAlignment(5, 'previous', { anchor: 2 });
    const found = composeAlignment(plan, maps(shift(1, 0), shift(2, 0), shift(0, 3), shift(0, 4)));
    expect(found).toEqual(
      maps(shift(3, 0), shift(2, 0), IDENTITY_MATRIX, shift(0, 3), shift(0, 7)),
    );
  });

  it('applies the transform nearer to the anchor first', () => {
    const turn = similarity(100, 30, 1, 0, 0);
    const found = composeAlignment(planAlignment(3, 'previous'), maps(shift(5, 0), turn));
    expect(found[2].matrix).toEqual(composeMatrices(turn, shift(5, 0)));
    expect(found[2].matrix).not.toEqual(composeMatrices(shift(5, 0), turn));
  });

  it('leaves transforms to one reference as they are', () => {
    const plan = planAlignment(3, 'first');
    expect(composeAlignment(plan, maps(shift(1, 1), shift(2, 2)))).toEqual(
      maps(IDENTITY_MATRIX, shift(1, 1), shift(2, 2)),
    );
  });

  it('gives every shift relative to the anchor, wherever the anchor is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (positions, pick) => {
          const anchor = pick % positions.length;
          const plan = planAlignment(positions.length, 'previous', { anchor });
          const pairs = plan.pairs.map(({ moving, referenceStart }) =>
            shift(positions[moving] - positions[referenceStart], 0),
          );
          composeAlignment(plan, maps(...pairs)).forEach(({ matrix }, i) => {
            expect(matrix[0][2]).toBe(positions[i] - positions[anchor]);
          });
        },
      ),
    );
  });

  it('keeps bilinear transforms to one reference, and refuses to chain them', () => {
    const bent = { matrix: shift(1, 0), xy: [0.001, 0] } as const;
    expect(composeAlignment(planAlignment(2, 'first'), [bent])[1]).toEqual(bent);
    expect(() => composeAlignment(planAlignment(2, 'previous'), [bent])).toThrow(/chained/);
  });

  it('refuses a wrong number of transforms', () => {
    expect(() => composeAlignment(planAlignment(3, 'mean'), [])).toThrow(RangeError);
  });
});

describe('flagSuspectPlanes', () => {
  it('has nothing against good registrations', () => {
    expect(flagSuspectPlanes([registration(), registration()], size)).toEqual([[], []]);
  });

  it.each([
    ['not-converged', { converged: false }],
    ['difference-rose', { costAfter: 11 }],
    ['low-correlation', { correlationAfter: 0.1 }],
    ['large-displacement', { displacementPx: 21 }],
    ['better-shift-exists', { betterShiftPx: { x: 16, y: 0, degrees: 0 } }],
  ] as const)('names the reason %s', (reason, changes) => {
    expect(flagSuspectPlanes([registration(changes)], size)).toEqual([[reason]]);
  });

  it('bears the trace that the end of the search adds where nothing moved', () => {
    const { costBefore } = registration();
    const still = registration({ costAfter: costBefore * (1 + 1e-5) });
    expect(flagSuspectPlanes([still], size)).toEqual([[]]);
  });

  it('finds the one plane that correlates far less than the others', () => {
    const others = [0.9, 0.91, 0.89, 0.9, 0.92];
    const all = [...others, 0.5].map((correlationAfter) => registration({ correlationAfter }));
    expect(flagSuspectPlanes(all, size).map((reasons) => reasons.length)).toEqual([
      0, 0, 0, 0, 0, 1,
    ]);
  });

  it('does not call slightly weaker planes outliers when the others are nearly equal', () => {
    const all = [0.9, 0.9, 0.9, 0.9, 0.9, 0.85].map((correlationAfter) =>
      registration({ correlationAfter }),
    );
    expect(flagSuspectPlanes(all, size).flat()).toEqual([]);
  });

  it('flags a plane that has nothing in common with its reference', () => {
    const noise = (seed: number) => {
      const random = seededRandom(seed);
      return { width: 90, height: 90, data: Float32Array.from({ length: 8100 }, random) };
    };
    const pair = registerPair(noise(1), noise(2), 'rigid');
    expect(flagSuspectPlanes([pair], { width: 90, height: 90 })[0]).toContain('low-correlation');
  });

  it('flags a constant plane', () => {
    const flat = { width: 64, height: 64, data: new Float32Array(4096).fill(3) };
    const pair = registerPair(blobScene(64, IDENTITY_MATRIX, 1), flat, 'rigid');
    expect(flagSuspectPlanes([pair], { width: 64, height: 64 })[0]).toContain('not-converged');
  });
});

describe('alignmentTransforms', () => {
  it('gathers composed transforms, quality and reasons for every plane, fit for JSON', () => {
    const plan = planAlignment(3, 'previous');
    const bad = registration({ converged: false, correlationAfter: 0.7 });
    const found = alignmentTransforms(plan, 'translation', size, [registration(), bad]);
    expect(found).toMatchObject({ model: 'translation', reference: 'previous', ...size });
    expect(found.planes.map((plane) => plane.displacementPx)).toEqual([0, 1, 2]);
    expect(found.planes.map((plane) => plane.suspect)).toEqual([false, false, true]);
    expect(found.planes[0]).toMatchObject({ correlationBefore: null, matrix: IDENTITY_MATRIX });
    expect(found.planes[2]).toMatchObject({ correlationAfter: 0.7, reasons: ['not-converged'] });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe('planeMean', () => {
  const plane = (values: number[]) => ({ width: 2, height: 1, data: Float32Array.from(values) });

  it('averages planes pixel by pixel', () => {
    const mean = planeMean();
    mean.add(plane([1, 10]));
    mean.add(plane([2, 40]));
    expect(mean.result()).toEqual(plane([1.5, 25]));
  });

  it('refuses planes of another size and the mean of nothing', () => {
    const mean = planeMean();
    expect(() => mean.result()).toThrow(RangeError);
    mean.add(plane([1, 2]));
    expect(() => mean.add({ width: 1, height: 2, data: new Float32Array(2) })).toThrow(RangeError);
  });
});
