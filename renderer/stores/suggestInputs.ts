/**
 * Evenly spaced input planes, centred in the stack, no farther apart than a model was trained for.
 *
 * @param planeCount planes of the stack
 * @param zStepUm spacing of planes in micrometres, or `null` when unknown
 * @param maxSpacingUm largest distance between neighbouring inputs in micrometres
 * @param count how many inputs
 */
export function suggestInputs(
  planeCount: number,
  zStepUm: number | null,
  maxSpacingUm: number,
  count = 3,
): number[] {
  const inputs = Math.min(count, planeCount);
  const room = Math.max(1, Math.floor((planeCount - 1) / inputs));
  // A tiny tolerance: 4.0 / 0.2 must be 20 steps.
  const allowed = zStepUm ? Math.max(1, Math.floor(maxSpacingUm / zStepUm + 1e-6)) : room;
  const spacing = Math.min(room, allowed);
  const first = Math.round((planeCount - 1 - spacing * (inputs - 1)) / 2);
  return Array.from({ length: inputs }, (_, i) => first + i * spacing);
}
