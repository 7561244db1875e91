import type { BallOptics } from './PointOptics';

/** What is tried, in order. */
const GRID: { readonly [K in keyof BallOptics]: readonly number[] } = {
  apertureShare: [0.82, 0.85, 0.88, 0.91, 0.94, 0.97, 1],
  depth: [-24, -16, -11, -7.5, -5, -3, -1.5, 0, 1.5, 3, 5, 7.5, 11, 16, 24],
  diameterUm: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1],
};

/** What a search begins with. */
export const FIRST_OPTICS: BallOptics = { apertureShare: 0.97, depth: 0, diameterUm: 0.2 };

/** A search ends after this many rounds. */
const MOST_ROUNDS = 6;

/** Places of the grid to try, from where a search is: a single step may lead nowhere. */
const MOVES = [1, -1, 2, -2];

/**
 * Optics that explain most: goes along one number after the other in a grid of what may be, until no move is for the
 * better.
 *
 * @param explained how much optics explain
 */
export function chooseOptics(
  from: BallOptics,
  explained: (optics: BallOptics) => number,
): BallOptics {
  let best = { optics: from, value: explained(from) };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = best;
    for (const name of ['apertureShare', 'depth', 'diameterUm'] as const) {
      best = along(name, best, explained);
    }
    if (best === before) break;
  }
  return best.optics;
}

interface Place {
  readonly optics: BallOptics;
  readonly value: number;
}

/** Goes on in the first direction that is for the better, as long as it is. */
function along(
  name: keyof BallOptics,
  from: Place,
  explained: (optics: BallOptics) => number,
): Place {
  const values = GRID[name];
  const moved = ({ optics }: Place, by: number): Place | null => {
    const value = values[values.indexOf(optics[name]) + by];
    if (value === undefined) return null;
    const next = { ...optics, [name]: value };
    return { optics: next, value: explained(next) };
  };
  for (const by of MOVES) {
    let best = from;
    for (let next = moved(best, by); next && next.value > best.value; next = moved(best, by)) {
      best = next;
    }
    if (best !== from) return best;
  }
  return from;
}
