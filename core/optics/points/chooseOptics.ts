import type { BallOptics } from './PointOptics';

/** What is tried, in order. */
const GRID: { readonly [K in keyof BallOptics]: readonly number[] } = {
  apertureShare: [0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 1],
  depth: [-24, -16, -11, -7.5, -5, -3, -1.5, 0, 1.5, 3, 5, 7.5, 11, 16, 24],
  diameterUm: [0.05, 0.08, 0.11, 0.14, 0.17, 0.2, 0.23, 0.26, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75, 1],
};

/** What a search begins with. */
export const FIRST_OPTICS: BallOptics = { apertureShare: 0.98, depth: 0, diameterUm: 0.2 };

/**
 * Where else a search is begun: large balls in another medium, which pass for several small ones seen without
 * aberration. From there no number alone leads on.
 */
export const OTHER_OPTICS: readonly BallOptics[] = [
  { apertureShare: 0.94, depth: -7.5, diameterUm: 0.5 },
  { apertureShare: 0.94, depth: 7.5, diameterUm: 0.5 },
];

/** A search ends after this many rounds. */
const MOST_ROUNDS = 6;

/** Places of the grid to try, from where a search is: a single step may lead nowhere. */
const MOVES = [1, -1, 2, -2, 3, -3, 5, -5];

/**
 * Optics that explain most: goes along one number after the other in a grid of what may be, until no move is for the
 * better; of several places to begin with the one that leads furthest.
 *
 * @param starts on the grid, at least one
 * @param explainedThrough how much of each point optics explain, in variances
 */
export function chooseOptics(
  starts: readonly BallOptics[],
  explainedThrough: (optics: BallOptics) => readonly number[],
): BallOptics {
  const explained = remembered(explainedThrough);
  return starts
    .map((from) => uphill(from, explained))
    .reduce((best, other) => (isBetter(other, best) ? other : best)).optics;
}

function uphill(from: BallOptics, explained: (optics: BallOptics) => readonly number[]): Place {
  let best: Place = { optics: from, votes: explained(from) };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = best;
    for (const name of ['apertureShare', 'depth', 'diameterUm'] as const) {
      best = along(name, best, explained);
    }
    if (best === before) break;
  }
  return best;
}

/** The same; later rounds ask again for what earlier ones tried. */
function remembered<T>(ask: (optics: BallOptics) => T): (optics: BallOptics) => T {
  const known = new Map<string, T>();
  return (optics) => {
    const key = `${optics.apertureShare} ${optics.depth} ${optics.diameterUm}`;
    const answer = known.get(key) ?? ask(optics);
    known.set(key, answer);
    return answer;
  };
}

interface Place {
  readonly optics: BallOptics;
  readonly votes: readonly number[];
}

/** Goes on in the first direction that is for the better, as long as it is. */
function along(
  name: keyof BallOptics,
  from: Place,
  explained: (optics: BallOptics) => readonly number[],
): Place {
  const values = GRID[name];
  const moved = ({ optics }: Place, by: number): Place | null => {
    const value = values[values.indexOf(optics[name]) + by];
    if (value === undefined) return null;
    const next = { ...optics, [name]: value };
    return { optics: next, votes: explained(next) };
  };
  for (const by of MOVES) {
    let best = from;
    for (let next = moved(best, by); next && isBetter(next, best); next = moved(best, by)) {
      best = next;
    }
    if (best !== from) return best;
  }
  return from;
}

/**
 * Whether the points together are for it. The square roots of what they gain or lose count: two that touch, which pass
 * for a large one, do not outvote the others, and faint ones, which gain by chance, do not outvote bright ones.
 */
function isBetter(next: Place, best: Place): boolean {
  const votes = next.votes.map((vote, i) => {
    const gain = vote - best.votes[i]!;
    return Math.sign(gain) * Math.sqrt(Math.abs(gain));
  });
  return votes.reduce((sum, vote) => sum + vote, 0) > 0;
}
