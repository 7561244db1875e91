/** A polynomial in x and y, as a sum of products of Legendre polynomials. */
export interface Surface {
  readonly degree: number;
  /** Weight of each product, the power of x slowest. */
  readonly coefficients: Float64Array;
}

/** Value of a surface at one place. */
export function surfaceAt({ degree, coefficients }: Surface, x: number, y: number): number {
  return termsAt(x, y, degree).reduce((sum, term, i) => sum + term * coefficients[i], 0);
}

/** Keeps the fit defined where the points do not tell two terms apart, as in one column of pixels. */
const RIDGE = 1e-9;

/**
 * Weighted least-squares fit of all products of Legendre polynomials up to a total degree.
 *
 * @param x places from -1 to 1
 * @param y places from -1 to 1
 */
export function fitSurface(
  x: Float64Array,
  y: Float64Array,
  values: Float64Array,
  weights: Float64Array,
  degree: number,
): Surface {
  const count = termsAt(0, 0, degree).length;
  const matrix = Array.from({ length: count }, () => new Float64Array(count + 1));
  for (let k = 0; k < values.length; k++) {
    const terms = termsAt(x[k], y[k], degree);
    for (let i = 0; i < count; i++) {
      const weighted = weights[k] * terms[i];
      for (let j = 0; j < count; j++) matrix[i][j] += weighted * terms[j];
      matrix[i][count] += weighted * values[k];
    }
  }
  for (let i = 0; i < count; i++) matrix[i][i] += RIDGE * values.length;
  return { degree, coefficients: solve(matrix) };
}

/** Values of a surface at the pixels of an image that spans -1 to 1 in x and y, row-major. */
export function evaluateSurface(
  surface: Surface,
  width: number,
  height: number,
): Float32Array<ArrayBuffer> {
  const data = new Float32Array(width * height);
  const { degree, coefficients } = surface;
  const columns = Array.from({ length: width }, (_, i) =>
    legendre((2 * i + 1) / width - 1, degree),
  );
  for (let row = 0; row < height; row++) {
    const alongX = rowPolynomial(coefficients, legendre((2 * row + 1) / height - 1, degree));
    for (let column = 0; column < width; column++) {
      let value = 0;
      for (let i = 0; i <= degree; i++) value += alongX[i] * columns[column][i];
      data[row * width + column] = value;
    }
  }
  return data;
}

/** What is left of a surface on one row: the weights of the polynomials in x. */
function rowPolynomial(coefficients: Float64Array, alongY: readonly number[]): number[] {
  const degree = alongY.length - 1;
  const weights = new Array<number>(degree + 1).fill(0);
  let term = 0;
  for (let i = 0; i <= degree; i++) {
    for (let j = 0; i + j <= degree; j++) weights[i] += coefficients[term++] * alongY[j];
  }
  return weights;
}

function termsAt(x: number, y: number, degree: number): number[] {
  const alongX = legendre(x, degree);
  const alongY = legendre(y, degree);
  const terms: number[] = [];
  for (let i = 0; i <= degree; i++) {
    for (let j = 0; i + j <= degree; j++) terms.push(alongX[i] * alongY[j]);
  }
  return terms;
}

function legendre(x: number, degree: number): number[] {
  const values = [1, x];
  for (let n = 1; n < degree; n++) {
    values.push(((2 * n + 1) * x * values[n] - n * values[n - 1]) / (n + 1));
  }
  return values;
}

/** Gauss elimination; each row holds its right side last. */
function solve(rows: Float64Array[]): Float64Array {
  const count = rows.length;
  for (let i = 0; i < count; i++) {
    for (let k = i + 1; k < count; k++) {
      const factor = rows[k][i] / rows[i][i];
      for (let j = i; j <= count; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  const solution = new Float64Array(count);
  for (let i = count - 1; i >= 0; i--) {
    let sum = rows[i][count];
    for (let j = i + 1; j < count; j++) sum -= rows[i][j] * solution[j];
    solution[i] = sum / rows[i][i];
  }
  return solution;
}
