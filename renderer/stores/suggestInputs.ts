/** What a model can do with its inputs, in micrometres. */
export interface InputReach {
  /** Largest distance between neighbouring inputs that it was trained for. */
  readonly maxSpacingUm: number;
  /** How far outside its inputs it was trained to predict. */
  readonly beyondUm: number;
}

/**
 * Evenly spaced input planes, centred in the stack: as far apart as they have to be for the model to
 * reach every plane, and no farther apart than it was trained for.
 *
 * @param planeCount planes of the stack
 * @param zStepUm spacing of planes in micrometres, or `null` when unknown
 * @param count how many inputs
 */
export function suggestInputs(
  planeCount: number,
  zStepUm: number | null,
  { maxSpacingUm, beyondUm }: InputReach,
  count = 3,
): number[] {
  const inputs = Math.min(count, planeCount);
  if (inputs < 2) return [Math.floor((planeCount - 1) / 2)];
  // A tiny tolerance: 4.0 / 0.2 must be 20 steps.
  const planesIn = (um: number): number => (zStepUm ? Math.floor(um / zStepUm + 1e-6) : 0);
  const margin = zStepUm ? planesIn(beyondUm) : Math.floor(planeCount / 6);
  const reach = (planeCount - 1 - 2 * margin) / (inputs - 1);
  const room = Math.floor((planeCount - 1) / (inputs - 1));
  const allowed = zStepUm ? Math.max(1, planesIn(maxSpacingUm)) : room;
  const spacing = Math.max(1, Math.min(Math.ceil(reach), room, allowed));
  const first = Math.floor((planeCount - 1 - spacing * (inputs - 1)) / 2);
  return Array.from({ length: inputs }, (_, i) => first + i * spacing);
}
