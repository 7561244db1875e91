/** What the planes of a stack are laid on. */
export const ALIGNMENT_REFERENCES = ['previous', 'first', 'mean'] as const;

/** One of {@link ALIGNMENT_REFERENCES}. */
export type AlignmentReference = (typeof ALIGNMENT_REFERENCES)[number];

/** One registration to run: plane `moving` onto the mean of `referenceCount` planes. */
export interface AlignmentPair {
  readonly moving: number;
  /** The first plane of the reference. */
  readonly referenceStart: number;
  /** 1 for a single plane. */
  readonly referenceCount: number;
}

/** Which registrations align a stack. They do not depend on each other, so they can run in parallel. */
export interface AlignmentPlan {
  readonly planeCount: number;
  readonly reference: AlignmentReference;
  /** The plane that stays where it is in mode `previous`. */
  readonly anchor: number;
  readonly pairs: readonly AlignmentPair[];
}

/** What {@link planAlignment} may be told beside the mode; planes count from 0. */
export interface AlignmentPlanOptions {
  /** The plane that stays where it is in mode `previous`. @default 0 */
  readonly anchor?: number;
  /** How many planes make the reference in mode `first`. @default 1 */
  readonly firstCount?: number;
}

/**
 * Plans the alignment of a stack.
 *
 * - `previous`: every plane onto its raw neighbour on the anchor's side; transforms are chained. For
 *   z-stacks, where only neighbours look alike.
 * - `first`: every plane but the first onto the mean of the first `firstCount` planes.
 * - `mean`: every plane onto the mean of the raw stack.
 *
 * @throws RangeError when a count or the anchor does not fit the stack
 * Source: Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848 (StackReg).
 */
export function planAlignment(
  planeCount: number,
  reference: AlignmentReference,
  options: AlignmentPlanOptions = {},
): AlignmentPlan {
  const { anchor = 0, firstCount = 1 } = options;
  if (!Number.isInteger(planeCount) || planeCount < 1) {
    throw new RangeError(`A stack cannot have ${planeCount} planes.`);
  }
  if (!Number.isInteger(anchor) || anchor < 0 || anchor >= planeCount) {
    throw new RangeError(`There is no plane ${anchor} in a stack of ${planeCount} planes.`);
  }
  if (!Number.isInteger(firstCount) || firstCount < 1 || firstCount > planeCount) {
    throw new RangeError(`A stack of ${planeCount} planes has no first ${firstCount}.`);
  }
  const pairs: AlignmentPair[] = [];
  for (let moving = 0; moving < planeCount; moving++) {
    const pair = pairOf(moving, planeCount, reference, anchor, firstCount);
    if (pair) pairs.push(pair);
  }
  return { planeCount, reference, anchor, pairs };
}

function pairOf(
  moving: number,
  planeCount: number,
  reference: AlignmentReference,
  anchor: number,
  firstCount: number,
): AlignmentPair | null {
  switch (reference) {
    case 'previous':
      if (moving === anchor) return null;
      return {
        moving,
        referenceStart: moving < anchor ? moving + 1 : moving - 1,
        referenceCount: 1,
      };
    case 'first':
      return moving === 0 ? null : { moving, referenceStart: 0, referenceCount: firstCount };
    case 'mean':
      return { moving, referenceStart: 0, referenceCount: planeCount };
  }
}
