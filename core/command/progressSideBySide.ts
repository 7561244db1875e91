import type { Progress } from './CommandContext';

type ProgressListener = (progress: Progress) => void;

/**
 * Joins the progress of two pieces of work that are done at the same time: the slower one says how far
 * they are, since both have to end.
 *
 * @param listener hears the whole; without one nobody does
 */
export function progressSideBySide(
  listener: ProgressListener | undefined,
): [ProgressListener, ProgressListener] {
  const fractions = [0, 0];
  const tell = (own: 0 | 1): ProgressListener => {
    return (progress) => {
      fractions[own] = progress.fraction ?? 0;
      if (fractions[own] <= fractions[1 - own]) listener?.(progress);
    };
  };
  return [tell(0), tell(1)];
}
