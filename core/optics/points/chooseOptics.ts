import type { BallOptics } from './PointOptics';

/** What is tried, in order. */
const GRID: { readonly [K in keyof BallOptics]: readonly number[] } = {
  apertureShare: [0.82, 0.85, 0.88, 0.91, 0.94, 0.97, 1],
  depth: [-24, -16, -11, -7.5, -5, -3, -1.5, 0, 1.5, 3, 5, 7.5, 11, 16, 24],
  diameterUm: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1],
};

/** What a search begins with. */
export const FIRST_OPTICS: BallOptics = { apertureShare: 0.97, depth: 0, diameterUm: 0.2 };

/** A search ends after this many steps. */
const MOST_STEPS = 16;

/**
 * Optics that explain most: goes from place to place in a grid of what may be, each time to the best neighbour,
 * until none is better.
 *
 * @param explained how much optics explain
 */
export function chooseOptics(
  from: BallOptics,
  explained: (optics: BallOptics) => number,
): BallOptics {
  const known = new Map<string, number>();
  const explainedOnce = (optics: BallOptics): number => {
    const key = JSON.stringify(optics);
    const value = known.get(key) ?? explained(optics);
    known.set(key, value);
    return value;
  };
  let best = from;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = neighboursOf(best).reduce(
      (a, b) => (explainedOnce(b) > explainedOnce(a) ? b : a),
      best,
    );
    if (next === best) break;
    best = next;
  }
  return best;
}

/** Optics that differ by one or two steps of one number: a single step may lead nowhere. */
function neighboursOf(optics: BallOptics): BallOptics[] {
  return (['apertureShare', 'diameterUm', 'depth'] as const).flatMap((name) => {
    const values = GRID[name];
    const at = values.indexOf(optics[name]);
    return [values[at - 2], values[at - 1], values[at + 1], values[at + 2]]
      .filter((value) => value !== undefined)
      .map((value) => ({ ...optics, [name]: value }));
  });
}
