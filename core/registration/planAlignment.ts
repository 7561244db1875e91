/** What the planes of a stack are laid on. */
export const ALIGNMENT_REFERENCES = ['previous', 'first', 'mean', 'global'] as const;

/** One of {@link ALIGNMENT_REFERENCES}. */
export type AlignmentReference = (typeof ALIGNMENT_REFERENCES)[number];

/** One registration to run: plane `moving` onto the mean of `referenceCount` planes. */
export interface AlignmentPair {
  readonly moving: number;
  /** The first plane of the reference. */
  readonly referenceStart: number;
  /** 1 for a single plane. */
  readonly referenceCount: number;
  /**
   * Whether the search goes the other way, see `RegistrationOptions.reversed`. Noise pulls a pair by a
   * little, always the same way; in a chain that would add up, so every second link is reversed.
   */
  readonly reversed: boolean;
}

/** Which registrations align a stack. They do not depend on each other, so they can run in parallel. */
export interface AlignmentPlan {
  readonly planeCount: number;
  readonly reference: AlignmentReference;
  /** The plane that stays where it is in modes `previous` and `global`. */
  readonly anchor: number;
  readonly pairs: readonly AlignmentPair[];
  /** Whether mode `global` leaves out drift that could be chance. */
  readonly onlyBelieved: boolean;
}

/** What {@link planAlignment} may be told beside the mode; planes count from 0. */
export interface AlignmentPlanOptions {
  /** The plane that stays where it is in modes `previous` and `global`. @default 0 */
  readonly anchor?: number;
  /** How many planes make the reference in mode `first`. @default 1 */
  readonly firstCount?: number;
  /**
   * Whether mode `global` leaves out drift that could be chance: needed along z, where the planes change
   * more than they move; in a movie the drift is what changes. @default true
   */
  readonly onlyBelieved?: boolean;
}

/** How many planes back a plane is registered in mode `global`: steps of growing length. */
const GLOBAL_DISTANCES = [1, 2, 4, 8];

/**
 * Plans the alignment of a stack.
 *
 * - `previous`: every plane onto its raw neighbour on the anchor's side; transforms are chained. For
 *   z-stacks, where only neighbours look alike.
 * - `first`: every plane but the first onto the mean of the first `firstCount` planes.
 * - `mean`: every plane onto the mean of the raw stack.
 * - `global`: every plane onto the planes 1, 2, 4 and 8 before it, for `solveGlobalAlignment`.
 *
 * @throws RangeError when a count or the anchor does not fit the stack
 * Source: Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848 (StackReg).
 */
export function planAlignment(
  planeCount: number,
  reference: AlignmentReference,
  options: AlignmentPlanOptions = {},
): AlignmentPlan {
  const { anchor = 0, firstCount = 1, onlyBelieved = true } = options;
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
    pairs.push(...pairsOf(moving, planeCount, reference, anchor, firstCount));
  }
  return { planeCount, reference, anchor, pairs, onlyBelieved };
}

function pairsOf(
  moving: number,
  planeCount: number,
  reference: AlignmentReference,
  anchor: number,
  firstCount: number,
): AlignmentPair[] {
  switch (reference) {
    case 'previous':
      if (moving === anchor) return [];
      return [single(moving, moving < anchor ? moving + 1 : moving - 1)];
    case 'first':
      return moving === 0 ? [] : [meanOf(moving, firstCount)];
    case 'mean':
      return [meanOf(moving, planeCount)];
    case 'global':
      return GLOBAL_DISTANCES.filter((distance) => distance <= moving).map((distance) =>
        single(moving, moving - distance),
      );
  }
}

function single(moving: number, referenceStart: number): AlignmentPair {
  return { moving, referenceStart, referenceCount: 1, reversed: moving % 2 === 1 };
}

/** A pair with the mean of the first `referenceCount` planes. */
function meanOf(moving: number, referenceCount: number): AlignmentPair {
  return { moving, referenceStart: 0, referenceCount, reversed: false };
}
