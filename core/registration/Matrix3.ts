/** Three numbers: one row of a {@link Matrix3}. */
export type MatrixRow = readonly [number, number, number];

/**
 * A plane transform in homogeneous coordinates, row by row: (x', y', 1) = matrix * (x, y, 1).
 * x runs right, y runs down, pixel centres are integers. The last row is (0, 0, 1).
 */
export type Matrix3 = readonly [MatrixRow, MatrixRow, MatrixRow];

/** The transform that moves nothing. */
export const IDENTITY_MATRIX: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The transform (x, y) -> (xx x + xy y + x0, yx x + yy y + y0). */
export function affineMatrix(
  xx: number,
  xy: number,
  x0: number,
  yx: number,
  yy: number,
  y0: number,
): Matrix3 {
  return [
    [xx, xy, x0],
    [yx, yy, y0],
    [0, 0, 1],
  ];
}

/** The transform that applies `first` and then `second`; as matrices, `second * first`. */
export function composeMatrices(second: Matrix3, first: Matrix3): Matrix3 {
  const [[a, b, c], [d, e, f]] = second;
  const [[g, h, i], [j, k, l]] = first;
  return affineMatrix(
    a * g + b * j,
    a * h + b * k,
    a * i + b * l + c,
    d * g + e * j,
    d * h + e * k,
    d * i + e * l + f,
  );
}

/**
 * The transform that undoes `matrix`.
 *
 * @throws RangeError when the matrix flattens the plane to a line or is not finite
 */
export function invertMatrix(matrix: Matrix3): Matrix3 {
  const [[a, b, c], [d, e, f]] = matrix;
  const determinant = a * e - b * d;
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) {
    throw new RangeError('The transform cannot be inverted.');
  }
  const xx = e / determinant;
  // "0 -" instead of a sign keeps zeros positive, so that the identity's inverse equals it.
  const xy = 0 - b / determinant;
  const yx = 0 - d / determinant;
  const yy = a / determinant;
  return affineMatrix(xx, xy, 0 - xx * c - xy * f, yx, yy, 0 - yx * c - yy * f);
}
