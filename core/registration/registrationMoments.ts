import type { PlaneMap } from './PlaneMap';
import type { StepFrame } from './TransformModel';
import { comparedRow } from './comparedRow';
import { overlapOfRow } from './mappedRow';
import type { RegistrationLevel } from './registrationPyramid';

/** Elementary displacement directions: dx and dy, each 1, X, Y, X Y. */
export const ELEMENTARY = 8;

/** The residual of one trial transform, in the eight elementary displacement directions. */
export interface ResidualMoments {
  /** Mean of the squared differences over the overlap; infinite when there is none. */
  readonly cost: number;
  /** Pixels of the moving plane that fall inside the reference. */
  readonly count: number;
  /** Sums of difference times gradient times (dx: 1, X, Y, X Y; dy: 1, X, Y, X Y). */
  readonly projection: Float64Array;
}

/** Centre and half diagonal of a level in its own pixels. */
export function stepFrame(level: { readonly width: number; readonly height: number }): StepFrame {
  const centreX = (level.width - 1) / 2;
  const centreY = (level.height - 1) / 2;
  return { centreX, centreY, radius: Math.hypot(centreX, centreY) };
}

/**
 * Compares the moving level with the reference level under a transform.
 *
 * @param map maps moving pixels to reference pixels of this level
 * @param offset mean of the reference less mean of the moving plane
 * @param line scratch for one row of the moving level
 */
export function residualMoments(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
  offset: number,
  line: Float64Array,
): ResidualMoments {
  const { width, height, samples, gradientX, gradientY } = moving;
  const { centreX, centreY, radius } = stepFrame(moving);
  const masked = reference.mask !== null || moving.mask !== null;
  const range = new Int32Array(2);
  const projection = new Float64Array(ELEMENTARY);
  let squares = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    comparedRow(reference, moving, map, y, range, line);
    const first = range[0];
    const end = range[1];
    const hidden = masked ? neutralise(line, samples, y * width, first, end, offset) : 0;
    let ex = 0;
    let exX = 0;
    let ey = 0;
    let eyX = 0;
    for (let x = first, i = y * width + first; x < end; x++, i++) {
      const difference = line[x] - samples[i] + offset;
      squares += difference * difference;
      const dx = difference * gradientX[i];
      const dy = difference * gradientY[i];
      ex += dx;
      exX += dx * x;
      ey += dy;
      eyX += dy * x;
    }
    count += end - first - hidden;
    const rowY = (y - centreY) / radius;
    const exAt = (exX - centreX * ex) / radius;
    const eyAt = (eyX - centreX * ey) / radius;
    projection[0] += ex;
    projection[1] += exAt;
    projection[2] += ex * rowY;
    projection[3] += exAt * rowY;
    projection[4] += ey;
    projection[5] += eyAt;
    projection[6] += ey * rowY;
    projection[7] += eyAt * rowY;
  }
  return { cost: count > 0 ? squares / count : Infinity, count, projection };
}

/** Gives masked pixels (NaN in `line`) a difference of 0; returns how many there are. */
function neutralise(
  line: Float64Array,
  samples: Float32Array,
  rowStart: number,
  first: number,
  end: number,
  offset: number,
): number {
  let hidden = 0;
  for (let x = first; x < end; x++) {
    if (line[x] === line[x]) continue;
    line[x] = samples[rowStart + x] - offset;
    hidden++;
  }
  return hidden;
}

/**
 * Gauss-Newton matrix of the moving level over its overlap with the reference: sums of products of
 * gradient times (dx: 1, X, Y, X Y; dy: 1, X, Y, X Y), 8 x 8, row-major.
 *
 * @param map maps moving pixels to reference pixels of this level
 */
export function curvatureMoments(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
): Float64Array {
  const { width, height, gradientX, gradientY } = moving;
  const { centreX, centreY, radius } = stepFrame(moving);
  const range = new Int32Array(2);
  // Only masks make values of the reference matter here.
  const masked = reference.mask !== null || moving.mask !== null;
  const line = new Float64Array(width);
  // For gx gx, gx gy, gy gy in turn: sums weighted by X^i Y^j, i and j up to 2, at 3 i + j.
  const sums = new Float64Array(27);
  for (let y = 0; y < height; y++) {
    if (masked) comparedRow(reference, moving, map, y, range, line);
    else overlapOfRow(map, y, width, reference, range);
    const rowY = (y - centreY) / radius;
    let xx0 = 0;
    let xx1 = 0;
    let xx2 = 0;
    let xy0 = 0;
    let xy1 = 0;
    let xy2 = 0;
    let yy0 = 0;
    let yy1 = 0;
    let yy2 = 0;
    for (let x = range[0], i = y * width + range[0]; x < range[1]; x++, i++) {
      if (line[x] !== line[x]) continue;
      const at = (x - centreX) / radius;
      const gx = gradientX[i];
      const gy = gradientY[i];
      const xx = gx * gx;
      const xy = gx * gy;
      const yy = gy * gy;
      xx0 += xx;
      xx1 += xx * at;
      xx2 += xx * at * at;
      xy0 += xy;
      xy1 += xy * at;
      xy2 += xy * at * at;
      yy0 += yy;
      yy1 += yy * at;
      yy2 += yy * at * at;
    }
    addRow(sums, 0, rowY, xx0, xx1, xx2);
    addRow(sums, 9, rowY, xy0, xy1, xy2);
    addRow(sums, 18, rowY, yy0, yy1, yy2);
  }
  return elementaryMatrix(sums);
}

function addRow(
  sums: Float64Array,
  at: number,
  rowY: number,
  s0: number,
  s1: number,
  s2: number,
): void {
  let power = 1;
  for (let j = 0; j < 3; j++) {
    sums[at + j] += s0 * power;
    sums[at + 3 + j] += s1 * power;
    sums[at + 6 + j] += s2 * power;
    power *= rowY;
  }
}

/** Powers of X and Y in the elementary directions 1, X, Y, X Y. */
const POWERS_X = [0, 1, 0, 1];
const POWERS_Y = [0, 0, 1, 1];

/**
 * The symmetric 8 x 8 matrix of elementary directions, row-major, from 27 sums: for gx gx, gx gy, gy gy
 * in turn, weighted by X^i Y^j at 3 i + j.
 */
export function elementaryMatrix(sums: Float64Array): Float64Array {
  const full = new Float64Array(ELEMENTARY * ELEMENTARY);
  for (let row = 0; row < ELEMENTARY; row++) {
    for (let column = 0; column < ELEMENTARY; column++) {
      const block = 9 * ((row >> 2) + (column >> 2));
      const powerX = POWERS_X[row & 3] + POWERS_X[column & 3];
      const powerY = POWERS_Y[row & 3] + POWERS_Y[column & 3];
      full[ELEMENTARY * row + column] = sums[block + 3 * powerX + powerY];
    }
  }
  return full;
}
