import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affineMatrix } from '#core/registration/Matrix3';
import { alignmentBatches } from '#core/registration/alignmentBatches';
import { alignmentTransforms } from '#core/registration/alignmentTransforms';
import { believedDrift } from '#core/registration/believedDrift';
import { graphLaplacian } from '#core/registration/graphLaplacian';
import { planAlignment } from '#core/registration/planAlignment';
import { registerPair } from '#core/registration/registerPair';
import { registerPlanes } from '#core/registration/registerPlanes';
import { solveGlobalAlignment } from '#core/registration/solveGlobalAlignment';
import { blobScene, gridErrorPx, seededRandom, similarity } from './scenes';

const size = { width: 96, height: 96 };

describe('graphLaplacian', () => {
  it('finds the values behind consistent differences, with the fixed node at zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 15 }),
        fc.nat(),
        (values, pick) => {
          const fixed = pick % values.length;
          const links = values.flatMap((_, later) =>
            [1, 3].filter((d) => d <= later).map((d) => ({ later, earlier: later - d })),
          );
          const weights = Float64Array.from(links, (_, i) => 1 + (i % 5));
          const solve = graphLaplacian(values.length, fixed, links, weights);
          const found = solve(Float64Array.from(links, (l) => values[l.later] - values[l.earlier]));
          found.forEach((value, i) => expect(value).toBeCloseTo(values[i] - values[fixed], 6));
        },
      ),
    );
  });

  it('balances contradicting differences by their weights', () => {
    const links = [
      { later: 1, earlier: 0 },
      { later: 1, earlier: 0 },
    ];
    const solve = graphLaplacian(2, 0, links, Float64Array.of(3, 1));
    expect(solve(Float64Array.of(0, 4))[1]).toBeCloseTo(1, 6);
  });

  it('leaves a node that no weight reaches beside its neighbour', () => {
    const links = [{ later: 1, earlier: 0 }];
    const values = graphLaplacian(3, 0, links, Float64Array.of(1))(Float64Array.of(2));
    expect(values[2]).toBeCloseTo(2, 6);
  });
});

describe('believedDrift', () => {
  const path = (...values: number[]) => values.map((value) => Float64Array.of(value, 0));
  /** Replicates whose jackknife variance at plane i is (error i)^2. */
  const spread = (error: number, count: number) =>
    [1, -1].map((sign) => path(...Array.from({ length: count }, (_, i) => sign * error * i)));

  it('keeps a drift that is far beyond its error, but for a thousandth', () => {
    const { drift, share } = believedDrift(path(0, 1, 2, 3), spread(0.01, 4), 0);
    expect(share).toBeGreaterThan(0.999);
    expect(drift[3][0]).toBeCloseTo(3, 2);
  });

  it('takes back a drift within three errors', () => {
    const { drift, share } = believedDrift(path(0, 1, 2, 3), spread(0.4, 4), 0);
    expect(share).toBe(0);
    expect(drift.map(([x]) => x)).toEqual([0, 0, 0, 0]);
  });

  it('keeps a jump whole where the slow drift around it is taken back', () => {
    const { drift, share } = believedDrift(path(0, 0.1, 8.1, 8.2, 8.3), spread(0.1, 5), 0);
    expect(share).toBe(0);
    expect(drift.map(([x]) => x)).toEqual([0, 0, 8, 8, 8].map((v) => expect.closeTo(v, 9)));
  });

  it('starts at the anchor, wherever it is', () => {
    const { drift } = believedDrift(path(-2, -1, 0, 1), spread(0, 4), 2);
    expect(drift.map(([x]) => x)).toEqual([-2, -1, 0, 1]);
  });
});

describe('solveGlobalAlignment', () => {
  const truths = [0, 1, 2, 3, 4, 5].map((i) => similarity(96, 0.7 * i, 1, 1.5 * i, -i));
  const planes = truths.map((truth) => blobScene(96, truth, 4, 30));
  const plan = planAlignment(planes.length, 'global');
  const pairs = plan.pairs.map(({ moving, referenceStart, reversed }) => ({
    moving,
    reference: referenceStart,
    reversed,
  }));
  const registrations = registerPlanes(planes, pairs, 'rigid', { jackknife: true });

  it('finds a drift of turns and shifts and believes it', () => {
    const found = solveGlobalAlignment(plan, 'rigid', size, registrations);
    found.matrices.forEach((matrix, i) => {
      expect(gridErrorPx(matrix, truths[i], 96, 96)).toBeLessThan(0.05);
    });
    expect(found.believed?.shift).toBeGreaterThan(0.99);
  });

  it('is not led astray by a pair that failed without noticing', () => {
    const at = plan.pairs.findIndex((pair) => pair.moving === 3 && pair.referenceStart === 2);
    const wrong = registrations.with(at, {
      ...registrations[at],
      matrix: affineMatrix(1, 0, 20, 0, 1, 9),
    });
    const found = solveGlobalAlignment(plan, 'rigid', size, wrong);
    found.matrices.forEach((matrix, i) => {
      expect(gridErrorPx(matrix, truths[i], 96, 96)).toBeLessThan(0.1);
    });
    expect(found.disagreementPx[at]).toBeGreaterThan(10);
  });

  it('keeps all of a drift that no chance need explain, as in a movie', () => {
    const movie = { ...plan, onlyBelieved: false };
    const shifts = movie.pairs.map(({ moving, referenceStart }) => ({
      ...registrations[0],
      matrix: similarity(size.width, 0, 1, 0.004 * (moving - referenceStart), 0),
      tileSteps: [],
    }));
    const { matrices, believed } = solveGlobalAlignment(movie, 'rigid', size, shifts);
    expect(believed).toBeUndefined();
    matrices.forEach((matrix, i) => expect(matrix[0][2]).toBeCloseTo(0.004 * i, 6));
  });

  it('holds the anchor still', () => {
    const held = planAlignment(planes.length, 'global', { anchor: 3 });
    const { matrices } = solveGlobalAlignment(held, 'rigid', size, registrations);
    expect(gridErrorPx(matrices[3], affineMatrix(1, 0, 0, 0, 1, 0), 96, 96)).toBeLessThan(1e-9);
  });

  it('moves nothing where the parts of the planes changed in their own ways', () => {
    const random = seededRandom(6);
    const wandering = [0, 1, 2, 3, 4, 5].map((i) => {
      const data = new Float32Array(96 * 96);
      const source = seededRandom(9);
      for (let blob = 0; blob < 40; blob++) {
        const x = 96 * source() + 0.3 * i * (random() - 0.5);
        const y = 96 * source() + 0.3 * i * (random() - 0.5);
        for (let p = 0; p < data.length; p++) {
          data[p] += 90 * Math.exp(-(((p % 96) - x) ** 2 + (Math.floor(p / 96) - y) ** 2) / 18);
        }
      }
      return { ...size, data };
    });
    const found = registerPlanes(wandering, pairs, 'rigid', { jackknife: true });
    const { matrices } = solveGlobalAlignment(plan, 'rigid', size, found);
    const chained = alignmentTransforms(
      planAlignment(6, 'previous'),
      'rigid',
      size,
      [1, 2, 3, 4, 5].map(
        (i) => found[plan.pairs.findIndex((p) => p.moving === i && p.referenceStart === i - 1)],
      ),
    );
    const still = affineMatrix(1, 0, 0, 0, 1, 0);
    const far = (all: readonly (typeof still)[]) =>
      Math.max(...all.map((matrix) => gridErrorPx(matrix, still, 96, 96)));
    expect(far(matrices)).toBeLessThan(far(chained.planes.map(({ matrix }) => matrix)) / 2);
  });
});

describe('alignmentTransforms in mode global', () => {
  it('flags a blank plane alone, and does not lose the planes beyond it', () => {
    const blank = { ...size, data: new Float32Array(96 * 96).fill(3) };
    const truths = [0, 1, 2, 3, 4, 5, 6].map((i) => similarity(96, 0, 1, 2 * i, i));
    const planes = truths.map((truth, i) => (i === 3 ? blank : blobScene(96, truth, 4, 30)));
    const plan = planAlignment(planes.length, 'global');
    const pairs = plan.pairs.map(({ moving, referenceStart, reversed }) => ({
      moving,
      reference: referenceStart,
      reversed,
    }));
    const registrations = registerPlanes(planes, pairs, 'translation', { jackknife: true });
    const found = alignmentTransforms(plan, 'translation', size, registrations);
    expect(found.planes.filter(({ suspect }) => suspect).map(({ index }) => index)).toEqual([3]);
    expect(gridErrorPx(found.planes[6].matrix, truths[6], 96, 96)).toBeLessThan(0.1);
    // Its nearest reference is the blank plane; another pair speaks for it.
    expect(found.planes[4].correlationAfter).toBeGreaterThan(0.99);
    expect(found.drift?.shiftShare).toBeGreaterThan(0.99);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('refuses to chain bilinear transforms', () => {
    expect(() => alignmentTransforms(planAlignment(1, 'global'), 'bilinear', size, [])).toThrow(
      RangeError,
    );
  });
});

describe('alignmentTransforms in mode previous', () => {
  it('marks the planes beyond a failed one, on its side of the anchor', () => {
    const plan = planAlignment(6, 'previous', { anchor: 2 });
    const scene = blobScene(96, similarity(96, 0, 1, 0, 0), 4, 30);
    const good = registerPair(scene, scene, 'translation');
    const all = plan.pairs.map(({ moving }) =>
      moving === 4 ? { ...good, converged: false } : good,
    );
    const { planes } = alignmentTransforms(plan, 'translation', size, all);
    expect(planes.map(({ reasons }) => reasons)).toEqual([
      [],
      [],
      [],
      [],
      ['not-converged'],
      ['beyond-a-failed-plane'],
    ]);
  });
});

describe('registerPlanes', () => {
  it('gives what registering each pair by itself gives', () => {
    const planes = [0, 1, 2].map((i) => blobScene(64, similarity(64, i, 1, i, -i), 2, 20));
    const pairs = [
      { reference: 0, moving: 1 },
      { reference: 1, moving: 2 },
      { reference: 0, moving: 2 },
    ];
    expect(registerPlanes(planes, pairs, 'rigid')).toEqual(
      pairs.map((pair) => registerPair(planes[pair.reference], planes[pair.moving], 'rigid')),
    );
  });
});

describe('alignmentBatches', () => {
  it.each([
    ['previous', 300 * 300, 2],
    ['global', 300 * 300, 2],
    ['global', 4000 * 4000, 3],
    ['first', 512 * 512, 1],
    ['mean', 90_000, 4],
  ] as const)(
    'holds every pair of %s once, in order (%d pixels, %d threads)',
    (mode, pixels, n) => {
      const { pairs } = planAlignment(23, mode, { firstCount: 2 });
      const batches = alignmentBatches(pairs, pixels, n);
      const all = batches.flatMap(({ references, pairs: inside }) =>
        inside.map(({ reference, moving, reversed }) => ({
          moving: references[moving].start,
          reversed,
          referenceStart: references[reference].start,
          referenceCount: references[reference].count,
        })),
      );
      expect(all).toEqual(pairs);
      let next = 0;
      for (const batch of batches) {
        expect(batch.first).toBe(next);
        expect(batch.references.length * pixels).toBeLessThanOrEqual(Math.max(6e6, 2 * pixels));
        next += batch.pairs.length;
      }
      expect(batches.length).toBeGreaterThanOrEqual(n);
    },
  );

  it('has nothing to do without pairs', () => {
    expect(alignmentBatches([], 100, 2)).toEqual([]);
  });
});
