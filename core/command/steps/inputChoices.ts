import { evenlySpacedPlanes } from '#core/reconstruct/evenlySpacedPlanes';

/** Planes that somebody could measure. */
export interface InputChoice {
  /** Planes of the stack in rising order. */
  readonly inputs: readonly number[];
  /** How they were found, in words. */
  readonly how: string;
}

/** How far the outer inputs move in from the ends, as shares of the spacing between inputs. */
const INSETS = [
  { share: 0, how: 'ends included' },
  { share: 0.25, how: 'a quarter spacing from the ends' },
  { share: 0.5, how: 'half a spacing from the ends' },
] as const;

/**
 * Choices worth comparing: 1 to `most` planes, evenly spaced, with the outer ones at the ends of the
 * stack or moved in.
 *
 * @param planes the planes of the stack that may be taken
 * @param zUm heights of all planes of the stack
 */
export function inputChoices(
  planes: readonly number[],
  zUm: readonly number[],
  most: number,
): InputChoice[] {
  const lowest = Math.min(...zUm);
  const range = Math.max(...zUm) - lowest;
  const choices = new Map<string, InputChoice>();
  for (let count = 1; count <= Math.min(most, planes.length); count++) {
    for (const { share, how } of INSETS) {
      const insetUm = (share * range) / (count - 1 + 2 * share || 1);
      const inside = planes.filter(
        (plane) =>
          zUm[plane] >= lowest + insetUm - 1e-6 && zUm[plane] <= lowest + range - insetUm + 1e-6,
      );
      const inputs = evenlySpacedPlanes(
        inside.map((plane) => zUm[plane]),
        count,
      ).map((i) => inside[i]);
      const sorted = inputs.sort((a, b) => a - b);
      const told = count === 1 ? 'in the middle' : how;
      if (sorted.length === count && !choices.has(sorted.join())) {
        choices.set(sorted.join(), { inputs: sorted, how: told });
      }
    }
  }
  return [...choices.values()];
}
