import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import type { Vector } from './curve';
import { randomDirection, wormLikeCurve } from './curve';
import type { TubePoint } from './paintTube';
import { paintTube } from './paintTube';
import type { BoxSizeUm, Specimen } from './Specimen';

/** A network of mitochondria. Lengths are in micrometres. */
export interface MitochondriaOptions {
  readonly kind: 'mitochondria';
  /** Length of tube in a cubic micrometre, in micrometres. @default 0.04 */
  readonly lengthPerUm3?: number;
  /** Mean length of a tube; short ones look like grains. @default 5 */
  readonly lengthUm?: number;
  /** Mean radius of the tubes. @default 0.25 */
  readonly radiusUm?: number;
  /** Persistence length: shorter means more curled. @default 4 */
  readonly persistenceUm?: number;
  /** Share of the tubes that branch off another one. @default 0.5 */
  readonly branching?: number;
  /** Dark share of the radius: 0 for a stained matrix, about 0.7 for a stained membrane. @default 0 */
  readonly hollow?: number;
  /** Half the thickness of the layer around the middle plane where tubes start. @default no layer */
  readonly layerUm?: number | undefined;
  /** Brightness differs between tubes by up to this factor either way. @default 1.5 */
  readonly brightnessSpread?: number;
}

interface Tube {
  readonly points: readonly TubePoint[];
  readonly hollow: number;
}

const MAX_TUBES = 3000;

const STEP_UM = 0.2;

/** Tubes crowd around this many places in 1000 square micrometres, as they do in cells. */
const CELLS_PER_THOUSAND_UM2 = 3;

/** Standard deviation of a cell's tubes about its centre. */
const CELL_SIZE_UM = 7;

/**
 * A specimen of curled tubes of uneven width, branching into a network and crowding in cells.
 *
 * @param seed the same seed, options and box give the same specimen
 */
export function mitochondria(
  seed: number,
  options: MitochondriaOptions,
  boxUm: BoxSizeUm,
): Specimen {
  const tubes = growTubes(createRandom(seed), options, boxUm);
  return {
    paint(planes, grid) {
      for (const { points, hollow } of tubes) paintTube(planes, grid, points, hollow);
    },
  };
}

function growTubes(random: Random, options: MitochondriaOptions, boxUm: BoxSizeUm): Tube[] {
  const { lengthPerUm3 = 0.04, lengthUm = 5, persistenceUm = 4, branching = 0.5 } = options;
  const { hollow = 0, layerUm } = options;
  const thicknessUm = Math.min(boxUm[2], 2 * (layerUm ?? Infinity));
  const wantedUm = lengthPerUm3 * boxUm[0] * boxUm[1] * thicknessUm;
  const starts = cellStarts(random, boxUm, thicknessUm);
  const tubes: Tube[] = [];
  for (let grownUm = 0; grownUm < wantedUm && tubes.length < MAX_TUBES;) {
    const stem = random.uniform() < branching ? tubes[random.below(tubes.length)] : undefined;
    const start = stem ? stem.points[random.below(stem.points.length)]!.place : starts();
    const length = lengthUm * random.logBetween(0.25, 2);
    const curve = wormLikeCurve(random, {
      start,
      direction: randomDirection(random, 0.4),
      lengthUm: length,
      persistenceUm,
      stepUm: STEP_UM,
      flatness: 0.4,
    });
    tubes.push({ points: swell(random, curve, options), hollow });
    grownUm += length;
  }
  return tubes;
}

function cellStarts(random: Random, boxUm: BoxSizeUm, thicknessUm: number): () => Vector {
  const area = boxUm[0] * boxUm[1];
  const count = Math.max(2, Math.round((CELLS_PER_THOUSAND_UM2 * area) / 1000));
  const centres = Array.from({ length: count }, (_, i) => [
    boxUm[0] * (i === 0 ? 0.5 : random.uniform()),
    boxUm[1] * (i === 0 ? 0.5 : random.uniform()),
  ]);
  return () => {
    const centre = centres[random.below(count)]!;
    return [
      centre[0]! + CELL_SIZE_UM * random.normal(),
      centre[1]! + CELL_SIZE_UM * random.normal(),
      boxUm[2] / 2 + (thicknessUm / 2) * random.between(-1, 1),
    ];
  };
}

/** Width and brightness wander along a tube, and its ends are round. */
function swell(
  random: Random,
  curve: readonly Vector[],
  { radiusUm = 0.25, brightnessSpread = 1.5 }: MitochondriaOptions,
): TubePoint[] {
  const density = random.logBetween(1 / brightnessSpread, brightnessSpread);
  const mean = radiusUm * random.logBetween(0.75, 1.33);
  let wander = random.normal();
  return curve.map((place) => {
    wander = 0.85 * wander + Math.sqrt(1 - 0.85 ** 2) * random.normal();
    return {
      place,
      radiusUm: mean * Math.exp(0.2 * wander),
      density: density * Math.exp(-0.15 * wander),
    };
  });
}
