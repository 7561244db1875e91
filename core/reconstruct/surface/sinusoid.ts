import type { SurfaceField, SurfacePlacement } from './heightsAlong';
import { heightsAlong } from './heightsAlong';

/** A wave in micrometres and degrees. */
export interface Wave {
  readonly amplitudeUm: number;
  /** Distance from crest to crest; above 0. */
  readonly periodUm: number;
  /** Phase at the centre of the field: 0 rises through its mean there, 90 has its crest there. */
  readonly phaseDeg: number;
}

/**
 * A corrugated surface.
 *
 * @returns heights in micrometres, row-major (y, x)
 * @throws RangeError when the period is not above 0
 */
export function sinusoid(
  field: SurfaceField,
  placement: SurfacePlacement,
  { amplitudeUm, periodUm, phaseDeg }: Wave,
): Float32Array<ArrayBuffer> {
  if (!(periodUm > 0)) throw new RangeError(`A wave cannot have a period of ${periodUm} um.`);
  const phase = (phaseDeg * Math.PI) / 180;
  return heightsAlong(
    field,
    placement,
    (distanceUm) => amplitudeUm * Math.sin((2 * Math.PI * distanceUm) / periodUm + phase),
  );
}
