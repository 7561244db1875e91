import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import type { Nucleus } from './paintNucleus';
import { paintNucleus } from './paintNucleus';
import { randomRotation } from './smoothNoise';
import type { BoxSizeUm, Specimen } from './Specimen';

/** A population of stained nuclei. Lengths are in micrometres. */
export interface NucleiOptions {
  readonly kind: 'nuclei';
  /** Geometric mean of the radii. */
  readonly radiusUm: number;
  /** Radii differ by up to this factor either way. @default 1.3 */
  readonly radiusSpread?: number;
  /** Share of the volume that nuclei fill; at least one nucleus is always there. @default 0.1 */
  readonly filling?: number;
  /** Shortest semi-axis over the longest. @default 0.6 */
  readonly roundness?: number;
  /** 1 for any orientation and shape; smaller values press nuclei flat along z. @default 1 */
  readonly flatness?: number;
  /** Half the thickness of the layer around the middle plane that holds all centres. @default no layer */
  readonly layerUm?: number | undefined;
  /** Strength of the chromatin texture: standard deviation of the logarithm of density. @default 0.4 */
  readonly texture?: number;
  /** Widths of the structures in the texture. @default [0.25, 0.6, 1.5] */
  readonly textureScalesUm?: readonly number[];
  /** Mean number of bright foci in a nucleus. @default 8 */
  readonly foci?: number;
  /** Mean number of dark nucleoli in a nucleus. @default 2 */
  readonly nucleoli?: number;
  /** Brightness differs between nuclei by up to this factor either way. @default 1.5 */
  readonly brightnessSpread?: number;
}

/** Places that are tried for a nucleus before it is given up. */
const PLACEMENT_TRIALS = 40;

/** Neighbours may press into each other by this share of their radii. */
const OVERLAP = 0.12;

/** So many that any field looks full, and few enough that no options take forever. */
const MAX_NUCLEI = 4000;

/**
 * A specimen of nuclei: soft-edged, slightly dented ellipsoids with a texture of several scales,
 * bright foci and dark nucleoli. The first nucleus lies near the middle of the box. Density is about 1
 * inside nuclei and 0 outside.
 *
 * @param seed the same seed, options and box give the same specimen
 */
export function nuclei(seed: number, options: NucleiOptions, boxUm: BoxSizeUm): Specimen {
  const placed = placeNuclei(createRandom(seed), options, boxUm);
  return {
    paint(planes, grid) {
      for (const nucleus of placed) paintNucleus(planes, grid, nucleus);
    },
  };
}

function placeNuclei(random: Random, options: NucleiOptions, sizeUm: BoxSizeUm): Nucleus[] {
  const { filling = 0.1 } = options;
  const thicknessUm = Math.min(sizeUm[2], 2 * ((options.layerUm ?? Infinity) + options.radiusUm));
  const wantedUm3 = filling * sizeUm[0] * sizeUm[1] * thicknessUm;
  const placed: Nucleus[] = [];
  let filledUm3 = 0;
  let failures = 0;
  while (placed.length < MAX_NUCLEI && failures < PLACEMENT_TRIALS) {
    if (placed.length > 0 && filledUm3 >= wantedUm3) break;
    const central = placed.length === 0;
    const nucleus = randomNucleus(random, options, sizeUm, central);
    if (placed.some((other) => collide(nucleus, other))) {
      failures++;
      continue;
    }
    failures = 0;
    placed.push(nucleus);
    filledUm3 += ((4 * Math.PI) / 3) * nucleus.axesUm[0] * nucleus.axesUm[1] * nucleus.axesUm[2];
  }
  return placed;
}

function randomNucleus(
  random: Random,
  options: NucleiOptions,
  sizeUm: readonly [number, number, number],
  central: boolean,
): Nucleus {
  const { radiusUm, radiusSpread = 1.3, roundness = 0.6, flatness = 1 } = options;
  const { texture = 0.4, textureScalesUm = [0.25, 0.6, 1.5], brightnessSpread = 1.5 } = options;
  const { foci = 8, nucleoli = 2, layerUm } = options;
  const radius = radiusUm * random.logBetween(1 / radiusSpread, radiusSpread);
  const shape = [1, random.between(roundness, 1), random.between(roundness, 1)];
  const mean = Math.cbrt(shape[0]! * shape[1]! * shape[2]!);
  const place = (length: number, shareOfMiddle: number): number =>
    central ? length * (0.5 + shareOfMiddle * random.between(-1, 1)) : length * random.uniform();
  return {
    centreUm: [
      place(sizeUm[0], 0.12),
      place(sizeUm[1], 0.12),
      layerUm === undefined
        ? place(sizeUm[2], 0.15)
        : sizeUm[2] / 2 + layerUm * random.between(-1, 1),
    ],
    axesUm: [(radius * shape[0]!) / mean, (radius * shape[1]!) / mean, (radius * shape[2]!) / mean],
    rotation: randomRotation(random),
    flatness,
    brightness: random.logBetween(1 / brightnessSpread, brightnessSpread),
    texture: texture * random.between(0.6, 1.4),
    textureScalesUm,
    foci: random.poisson(foci),
    nucleoli: random.poisson(nucleoli),
    seed: random.below(2 ** 31),
  };
}

function collide(one: Nucleus, other: Nucleus): boolean {
  const meanRadius = (nucleus: Nucleus): number =>
    Math.cbrt(nucleus.axesUm[0] * nucleus.axesUm[1] * nucleus.axesUm[2]);
  const distance = Math.hypot(
    one.centreUm[0] - other.centreUm[0],
    one.centreUm[1] - other.centreUm[1],
    (one.centreUm[2] - other.centreUm[2]) / Math.max(one.flatness, other.flatness),
  );
  return distance < (1 - OVERLAP) * (meanRadius(one) + meanRadius(other));
}
