import type { ReblurPlace } from './reblurredPlanes';

/** Places in the gap above an input, as shares of its width; the first is the input's own height. */
const IN_GAP = [0, 0.25, 0.5, 0.75];

/**
 * Where a volume is checked: against the measured planes that it was made from, and against itself at
 * the same heights and at the quarters of each gap, where interpolation bends and where nothing was
 * measured.
 *
 * @param given planes of the measured stack that the volume was made from
 * @param measuredZUm heights of the planes of that stack
 * @param volumeZUm heights of the planes of the volume
 * @returns places by rising height
 */
export function consistencyPlaces(
  given: readonly number[],
  measuredZUm: readonly number[],
  volumeZUm: readonly number[],
): ReblurPlace[] {
  const inputs = given
    .map((plane) => ({ plane, zUm: measuredZUm[plane], of: 'measured' as const }))
    .sort((a, b) => a.zUm - b.zUm);
  const wantedUm = inputs.flatMap(({ zUm }, i) => {
    const gapUm = (inputs[i + 1]?.zUm ?? zUm) - zUm;
    return IN_GAP.map((share) => zUm + share * gapUm);
  });
  const planes = [...new Set(wantedUm.map((zUm) => nearest(zUm, volumeZUm)))];
  return [
    ...inputs,
    ...planes.map((plane) => ({ plane, zUm: volumeZUm[plane], of: 'volume' as const })),
  ].sort((a, b) => a.zUm - b.zUm);
}

function nearest(wantedUm: number, zUm: readonly number[]): number {
  const distances = zUm.map((z) => Math.abs(z - wantedUm));
  return distances.indexOf(Math.min(...distances));
}
