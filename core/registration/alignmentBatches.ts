import type { AlignmentPair } from './planAlignment';
import type { PlanePair } from './registerPlanes';

/** What a batch may hold at once: more planes save work, fewer save memory. */
const MOST_PLANES = 12;
const MOST_PIXELS = 13_000_000;

/** A few pairs that share planes, to be registered in one go. */
export interface AlignmentBatch {
  /** What is registered, each once: the mean of `count` planes of the stack from `start` on. */
  readonly references: readonly { readonly start: number; readonly count: number }[];
  /** The pairs, as numbers in `references`. */
  readonly pairs: readonly PlanePair[];
  /** Number of the first pair in the plan. */
  readonly first: number;
}

/**
 * Cuts the pairs of a plan into batches, in their order, so that planes that take part in several pairs
 * are read and prepared once, and so that there is work for all threads.
 *
 * @param pixels of one plane; big planes come a few at a time
 * @param threads how many batches can run at the same time
 */
export function alignmentBatches(
  pairs: readonly AlignmentPair[],
  pixels: number,
  threads: number,
): AlignmentBatch[] {
  const mostPlanes = Math.max(2, Math.min(MOST_PLANES, Math.floor(MOST_PIXELS / pixels)));
  const mostPairs = Math.max(1, Math.ceil(pairs.length / (2 * threads)));
  const batches: AlignmentBatch[] = [];
  let planes = new Map<string, { at: number; start: number; count: number }>();
  let open: PlanePair[] = [];
  const close = (first: number): void => {
    if (open.length > 0) {
      const references = [...planes.values()].map(({ start, count }) => ({ start, count }));
      batches.push({ references, pairs: open, first: first - open.length });
    }
    planes = new Map();
    open = [];
  };
  pairs.forEach((pair, i) => {
    const wanted = [
      { start: pair.referenceStart, count: pair.referenceCount },
      { start: pair.moving, count: 1 },
    ];
    const missing = wanted.filter(({ start, count }) => !planes.has(`${start}+${count}`)).length;
    if (planes.size + missing > mostPlanes || open.length >= mostPairs) close(i);
    const [reference, moving] = wanted.map(({ start, count }) => {
      const key = `${start}+${count}`;
      const known = planes.get(key) ?? { at: planes.size, start, count };
      planes.set(key, known);
      return known.at;
    });
    open.push({ reference, moving, reversed: pair.reversed });
  });
  close(pairs.length);
  return batches;
}
