import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import type { Vector } from './curve';
import { randomDirection, wormLikeCurve } from './curve';
import type { TubePoint } from './paintTube';
import { paintTube } from './paintTube';
import type { BoxSizeUm, Specimen } from './Specimen';

/** Stained filaments, such as microtubules or actin bundles. Lengths are in micrometres. */
export interface FilamentsOptions {
  readonly kind: 'filaments';
  /** Length of filament in a cubic micrometre, in micrometres. @default 0.15 */
  readonly lengthPerUm3?: number;
  /** Mean length of a filament. @default 15 */
  readonly lengthUm?: number;
  /** Persistence length: shorter means more curled. @default 20 */
  readonly persistenceUm?: number;
  /** Radius including the stain. @default 0.03 */
  readonly radiusUm?: number;
  /** Share of the filaments that start at a common centre. @default 0.5 */
  readonly radiating?: number;
  /** 1 for any direction, 0 for filaments that lie flat. @default 0.3 */
  readonly flatness?: number;
  /** Half the thickness of the layer around the middle plane where filaments start. @default no layer */
  readonly layerUm?: number | undefined;
  /** Relative variation of the stain along a filament. @default 0.25 */
  readonly patchiness?: number;
  /** Brightness differs between filaments by up to this factor either way (bundles). @default 1.5 */
  readonly brightnessSpread?: number;
}

const MAX_FILAMENTS = 5000;

/** Distance of the points of a filament: straight enough between them at any persistence length. */
const STEP_UM = 0.25;

/** Area that one centre of radiating filaments serves. */
const CENTRE_AREA_UM2 = 500;

/**
 * A specimen of smooth, unbranched filaments, some of them radiating from centres as microtubules do,
 * patchily stained.
 *
 * @param seed the same seed, options and box give the same specimen
 */
export function filaments(seed: number, options: FilamentsOptions, boxUm: BoxSizeUm): Specimen {
  const chains = growFilaments(createRandom(seed), options, boxUm);
  return {
    paint(planes, grid) {
      for (const chain of chains) paintTube(planes, grid, chain);
    },
  };
}

function growFilaments(random: Random, options: FilamentsOptions, boxUm: BoxSizeUm): TubePoint[][] {
  const { lengthPerUm3 = 0.15, lengthUm = 15, persistenceUm = 20, flatness = 0.3 } = options;
  const { radiating = 0.5, brightnessSpread = 1.5, layerUm } = options;
  const thicknessUm = Math.min(boxUm[2], 2 * (layerUm ?? Infinity));
  const wantedUm = lengthPerUm3 * boxUm[0] * boxUm[1] * thicknessUm;
  const anywhere = (): Vector => [
    boxUm[0] * random.uniform(),
    boxUm[1] * random.uniform(),
    boxUm[2] / 2 + (thicknessUm / 2) * random.between(-1, 1),
  ];
  const centreCount = Math.max(1, Math.round((boxUm[0] * boxUm[1]) / CENTRE_AREA_UM2));
  const centres = Array.from({ length: centreCount }, anywhere);
  const chains: TubePoint[][] = [];
  for (let grownUm = 0; grownUm < wantedUm && chains.length < MAX_FILAMENTS;) {
    const start = random.uniform() < radiating ? centres[random.below(centreCount)]! : anywhere();
    const length = lengthUm * random.logBetween(0.5, 2);
    const curve = wormLikeCurve(random, {
      start,
      direction: randomDirection(random, flatness),
      lengthUm: length,
      persistenceUm,
      stepUm: STEP_UM,
      flatness,
    });
    const density = random.logBetween(1 / brightnessSpread, brightnessSpread);
    chains.push(stain(random, curve, density, options));
    grownUm += length;
  }
  return chains;
}

function stain(
  random: Random,
  curve: readonly Vector[],
  density: number,
  { radiusUm = 0.03, patchiness = 0.25 }: FilamentsOptions,
): TubePoint[] {
  return curve.map((place) => ({
    place,
    radiusUm,
    density: density * Math.max(0, 1 + patchiness * random.normal()),
  }));
}
