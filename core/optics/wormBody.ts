import type { Random } from '#core/util/random';
import type { Vector } from './curve';
import { cross, plus, unit } from './curve';
import type { BoxSizeUm } from './Specimen';

/** A bent tube that runs through the whole box, as the body of a worm does. Lengths are in micrometres. */
export interface WormBody {
  readonly radiusUm: number;
  readonly lengthUm: number;
  /** Where a place of the body lies; angle 0 points to one side, a quarter turn to larger z. */
  at(place: WormPlace): Vector;
}

/** A place in a worm's body: how far along it, the share of the radius off its axis, the angle around it. */
export interface WormPlace {
  readonly alongUm: number;
  readonly share: number;
  readonly angle: number;
}

/**
 * Lays a worm across the box in any lateral direction, winding in a slow wave.
 *
 * @param radiusUm radius of the body
 * @param central the place, half way along, that comes to lie near the middle of the box
 */
export function wormBody(
  random: Random,
  radiusUm: number,
  central: { readonly share: number; readonly angle: number },
  boxUm: BoxSizeUm,
): WormBody {
  const heading = 2 * Math.PI * random.uniform();
  const forward: Vector = [Math.cos(heading), Math.sin(heading), 0];
  const sideways: Vector = [-forward[1], forward[0], 0];
  const lengthUm = 1.5 * Math.hypot(boxUm[0], boxUm[1]);
  const offAxisUm = central.share * radiusUm;
  const centre: Vector = [
    boxUm[0] * random.between(0.45, 0.55),
    boxUm[1] * random.between(0.45, 0.55),
    boxUm[2] * random.between(0.42, 0.58) - offAxisUm * Math.sin(central.angle),
  ];
  const middle = plus(centre, sideways, -offAxisUm * Math.cos(central.angle));
  const waveUm = radiusUm * random.between(8, 20);
  const swing = radiusUm * random.between(0, 0.8);
  const phase = 2 * Math.PI * random.uniform();
  const axis = (alongUm: number): Vector => {
    const t = alongUm - lengthUm / 2;
    const bend = swing * (Math.sin((2 * Math.PI * t) / waveUm + phase) - Math.sin(phase));
    const rise = 0.15 * swing * Math.sin((2 * Math.PI * t) / (1.7 * waveUm));
    const bent = plus(plus(middle, forward, t), sideways, bend);
    return plus(bent, [0, 0, 1], rise);
  };
  return {
    radiusUm,
    lengthUm,
    at({ alongUm, share, angle }) {
      const here = axis(alongUm);
      const tangent = unit(plus(axis(alongUm + 0.5), here, -1));
      const side = unit(cross([0, 0, 1], tangent));
      const up = cross(tangent, side);
      const across = plus(here, side, share * radiusUm * Math.cos(angle));
      return plus(across, up, share * radiusUm * Math.sin(angle));
    },
  };
}
