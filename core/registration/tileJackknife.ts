import type { PlaneMap } from './PlaneMap';
import type { StepModel } from './TransformModel';
import { comparedRow } from './comparedRow';
import { modelCurvature, modelProjection } from './modelMoments';
import { ELEMENTARY, elementaryMatrix, stepFrame } from './registrationMoments';
import type { RegistrationLevel } from './registrationPyramid';
import { solveDamped } from './solveDamped';

/** Tiles along each side: 9 parts of the plane that tell on their own where it has moved. */
const TILES = 3;

/** Sums of one tile: 8 of the projection, then 27 of the curvature. */
const CURVATURE_AT = ELEMENTARY;
const TILE_SUMS = ELEMENTARY + 27;

/** Adds a stretch of a row to the sums of its tile. */
function addStretch(
  sums: Float64Array,
  at: number,
  moving: RegistrationLevel,
  line: Float64Array,
  offset: number,
  y: number,
  first: number,
  end: number,
): void {
  const { width, samples, gradientX, gradientY } = moving;
  const { centreX, centreY, radius } = stepFrame(moving);
  const rowY = (y - centreY) / radius;
  for (let x = first, i = y * width + first; x < end; x++, i++) {
    const difference = line[x] - samples[i] + offset;
    if (difference !== difference) continue;
    const gx = gradientX[i];
    const gy = gradientY[i];
    let powerX = 1;
    for (let a = 0; a < 3; a++) {
      let power = powerX;
      for (let b = 0; b < 3; b++) {
        const k = at + CURVATURE_AT + 3 * a + b;
        sums[k] += gx * gx * power;
        sums[k + 9] += gx * gy * power;
        sums[k + 18] += gy * gy * power;
        if (a < 2 && b < 2) {
          const direction = at + a + 2 * b;
          sums[direction] += difference * gx * power;
          sums[direction + 4] += difference * gy * power;
        }
        power *= rowY;
      }
      powerX *= (x - centreX) / radius;
    }
  }
}

/** The sums of all tiles, one after the other. */
function tileSums(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
  offset: number,
): Float64Array {
  const { width, height } = moving;
  const sums = new Float64Array(TILES * TILES * TILE_SUMS);
  const line = new Float64Array(width);
  const range = new Int32Array(2);
  for (let y = 0; y < height; y++) {
    comparedRow(reference, moving, map, y, range, line);
    const [start, stop] = range;
    if (start >= stop) continue;
    const tileRow = Math.floor((TILES * y) / height);
    for (let column = 0; column < TILES; column++) {
      const first = Math.max(start, Math.ceil((column * width) / TILES));
      const end = Math.min(stop, Math.ceil(((column + 1) * width) / TILES));
      const at = (tileRow * TILES + column) * TILE_SUMS;
      addStretch(sums, at, moving, line, offset, y, first, end);
    }
  }
  return sums;
}

/**
 * By how much a registration would change if one tile of the plane had not been seen, for each tile:
 * the spread of these says how sure the registration is when the planes differ by more than noise,
 * because parts of the plane that changed in their own ways then pull in different directions.
 *
 * @param map where the registration ended; maps moving pixels to reference pixels of this level
 * @param offset mean of the reference less mean of the moving plane
 * @returns one step of the model for each tile, in pixels
 * Source: the delete-a-group jackknife, Efron & Tibshirani 1993, An Introduction to the Bootstrap,
 * chapter 11, with one Gauss-Newton step in place of a new search.
 */
export function tileJackknife(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  model: StepModel,
  map: PlaneMap,
  offset: number,
): Float64Array[] {
  const sums = tileSums(reference, moving, map, offset);
  const total = new Float64Array(TILE_SUMS);
  for (let i = 0; i < sums.length; i++) total[i % TILE_SUMS] += sums[i];
  const rest = new Float64Array(TILE_SUMS);
  const n = model.generators.length;
  const steps: Float64Array[] = [];
  for (let tile = 0; tile < TILES * TILES; tile++) {
    for (let k = 0; k < TILE_SUMS; k++) rest[k] = total[k] - sums[tile * TILE_SUMS + k];
    const curvature = modelCurvature(model, elementaryMatrix(rest.subarray(CURVATURE_AT)));
    const projection = modelProjection(model, rest.subarray(0, ELEMENTARY));
    steps.push(solveDamped(curvature, projection, 0) ?? new Float64Array(n));
  }
  return steps;
}
