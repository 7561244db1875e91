import type { Progress } from './CommandContext';

/** Hears how far a piece of work is. */
type ProgressListener = (progress: Progress) => void;

/**
 * Joins the progress of several pieces of work, done one after the other, into one that runs from 0 to 1.
 *
 * @param listener hears the whole; without one nobody does
 * @returns gives the listener of the next piece, which takes `share` of what is left
 */
export function progressInParts(
  listener: ProgressListener | undefined,
): (share: number) => ProgressListener {
  let reached = 0;
  return (share) => {
    const start = reached;
    const length = share * (1 - start);
    return ({ fraction, step }) => {
      reached = Math.max(reached, start + (fraction ?? 0) * length);
      listener?.({ fraction: fraction === null ? null : reached, step });
    };
  };
}
