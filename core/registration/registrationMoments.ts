import type { Matrix3 } from './Matrix3';
import type { StepFrame } from './TransformModel';
import { interpolateRow, overlapOfRow } from './mappedRow';
import type { RegistrationLevel } from './registrationPyramid';

/** The residual of one trial transform, in the six elementary displacement directions. */
export interface ResidualMoments {
  /** Mean of the squared differences over the overlap; infinite when there is none. */
  readonly cost: number;
  /** Pixels of the moving plane that fall inside the reference. */
  readonly count: number;
  /** Sums of difference times gradient times (dx: 1, X, Y; dy: 1, X, Y). */
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
 * @param matrix maps moving pixels to reference pixels of this level
 * @param offset mean of the reference less mean of the moving plane
 * @param line scratch for one row of the moving level
 */
export function residualMoments(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  matrix: Matrix3,
  offset: number,
  line: Float64Array,
): ResidualMoments {
  const { width, height, samples, gradientX, gradientY } = moving;
  const { centreX, centreY, radius } = stepFrame(moving);
  const range = new Int32Array(2);
  const projection = new Float64Array(6);
  let squares = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    overlapOfRow(matrix, y, width, reference, range);
    const first = range[0];
    const end = range[1];
    if (first >= end) continue;
    interpolateRow(reference.spline, matrix, y, first, end, line);
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
    count += end - first;
    const rowY = (y - centreY) / radius;
    projection[0] += ex;
    projection[1] += (exX - centreX * ex) / radius;
    projection[2] += ex * rowY;
    projection[3] += ey;
    projection[4] += (eyX - centreX * ey) / radius;
    projection[5] += ey * rowY;
  }
  return { cost: count > 0 ? squares / count : Infinity, count, projection };
}

/**
 * Gauss-Newton matrix of the moving level over its overlap with the reference: sums of products of
 * gradient times (dx: 1, X, Y; dy: 1, X, Y), 6 x 6, row-major.
 *
 * @param matrix maps moving pixels to reference pixels of this level
 */
export function curvatureMoments(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  matrix: Matrix3,
): Float64Array {
  const { width, height, gradientX, gradientY } = moving;
  const { centreX, centreY, radius } = stepFrame(moving);
  const range = new Int32Array(2);
  // For gx gx, gx gy, gy gy in turn: sums weighted by 1, X, Y, X X, X Y, Y Y.
  const sums = new Float64Array(18);
  for (let y = 0; y < height; y++) {
    overlapOfRow(matrix, y, width, reference, range);
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
    addRow(sums, 6, rowY, xy0, xy1, xy2);
    addRow(sums, 12, rowY, yy0, yy1, yy2);
  }
  return sixBySix(sums);
}

function addRow(
  sums: Float64Array,
  at: number,
  rowY: number,
  s0: number,
  s1: number,
  s2: number,
): void {
  sums[at] += s0;
  sums[at + 1] += s1;
  sums[at + 2] += s0 * rowY;
  sums[at + 3] += s2;
  sums[at + 4] += s1 * rowY;
  sums[at + 5] += s0 * rowY * rowY;
}

function sixBySix(sums: Float64Array): Float64Array {
  const product = [0, 1, 2, 1, 3, 4, 2, 4, 5];
  const full = new Float64Array(36);
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      const block = row < 3 && column < 3 ? 0 : row >= 3 && column >= 3 ? 12 : 6;
      full[6 * row + column] = sums[block + product[3 * (row % 3) + (column % 3)]];
    }
  }
  return full;
}
