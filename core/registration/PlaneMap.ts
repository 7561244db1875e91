import { IDENTITY_MATRIX, affineMatrix, composeMatrices } from './Matrix3';
import type { Matrix3 } from './Matrix3';

/**
 * A map from plane to plane: (x, y) -> `matrix` (x, y) + `xy` x y. Without `xy` it is affine; the
 * bilinear model has it. x runs right, y down, pixel centres are integers.
 */
export interface PlaneMap {
  readonly matrix: Matrix3;
  /** Weights of the product x y in x' and y', per pixel. @default [0, 0] */
  readonly xy?: readonly [number, number];
}

/** The map that moves nothing. */
export const IDENTITY_MAP: PlaneMap = { matrix: IDENTITY_MATRIX };

/** True for the map that moves nothing, exactly. */
export function isIdentityMap({ matrix, xy }: PlaneMap): boolean {
  if (xy && (xy[0] !== 0 || xy[1] !== 0)) return false;
  return matrix.every((row, i) => row.every((value, j) => value === IDENTITY_MATRIX[i][j]));
}

/** Where the point (x, y) goes. */
export function mapPoint({ matrix, xy }: PlaneMap, x: number, y: number): [number, number] {
  const [[a, b, c], [d, e, f]] = matrix;
  const product = x * y;
  return [
    a * x + b * y + c + (xy ? xy[0] * product : 0),
    d * x + e * y + f + (xy ? xy[1] * product : 0),
  ];
}

/** The same map in pixels that are `factor` times as large. */
export function mapAtScale({ matrix, xy }: PlaneMap, factor: number): PlaneMap {
  const [[a, b, c], [d, e, f]] = matrix;
  const scaled = affineMatrix(a, b, c / factor, d, e, f / factor);
  return xy ? { matrix: scaled, xy: [xy[0] * factor, xy[1] * factor] } : { matrix: scaled };
}

/**
 * The map that applies the affine map `first` and then `map`. The squares of x and y, which a turn
 * or a shear brings into a map with a product term, are left out: exact for shifts and scalings, and
 * for maps without the term.
 */
export function mapAfter({ matrix, xy }: PlaneMap, first: Matrix3): PlaneMap {
  const whole = composeMatrices(matrix, first);
  if (!xy) return { matrix: whole };
  const [[a, b, c], [d, e, f]] = first;
  const [[xx, xy1, x0], [yx, yy, y0]] = whole;
  const [p, q] = xy;
  const ofX = a * f + c * d;
  const ofY = b * f + c * e;
  const both = a * e + b * d;
  return {
    matrix: affineMatrix(
      xx + p * ofX,
      xy1 + p * ofY,
      x0 + p * c * f,
      yx + q * ofX,
      yy + q * ofY,
      y0 + q * c * f,
    ),
    xy: [p * both, q * both],
  };
}

/**
 * How far `map` moves the pixel of a plane that it moves most, in pixels. The displacement of an
 * affine or bilinear map is largest at a corner.
 */
export function largestDisplacementPx(map: PlaneMap, width: number, height: number): number {
  let largest = 0;
  for (const x of [0, width - 1]) {
    for (const y of [0, height - 1]) {
      const [u, v] = mapPoint(map, x, y);
      largest = Math.max(largest, Math.hypot(u - x, v - y));
    }
  }
  return largest;
}
