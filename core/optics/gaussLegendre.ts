/** Nodes and weights of a quadrature rule: the integral is the sum of weight times value. */
export interface QuadratureRule {
  readonly nodes: Float64Array<ArrayBuffer>;
  readonly weights: Float64Array<ArrayBuffer>;
}

/**
 * Gauss-Legendre rule on an interval, exact for polynomials of degree 2 count - 1.
 * Nodes by Newton's method from the usual cosine guess (Abramowitz & Stegun 1964, 25.4.29).
 *
 * @param count number of nodes, at least 1
 * @param from lower end
 * @param to upper end
 * @returns nodes in rising order
 * @throws RangeError when `count` is not a positive whole number
 */
export function gaussLegendre(count: number, from: number, to: number): QuadratureRule {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`A quadrature rule needs a whole number of nodes, not ${count}.`);
  }
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  const half = (to - from) / 2;
  const centre = (to + from) / 2;
  for (let i = 0; i < Math.ceil(count / 2); i++) {
    const { root, derivative } = legendreRoot(count, i);
    const weight = (2 * half) / ((1 - root * root) * derivative * derivative);
    nodes[i] = centre - half * root;
    nodes[count - 1 - i] = centre + half * root;
    weights[i] = weight;
    weights[count - 1 - i] = weight;
  }
  return { nodes, weights };
}

/** The root of number `index` from the upper end of the Legendre polynomial of `degree`. */
function legendreRoot(degree: number, index: number): { root: number; derivative: number } {
  let root = Math.cos((Math.PI * (index + 0.75)) / (degree + 0.5));
  let derivative = 1;
  for (let iteration = 0; iteration < 50; iteration++) {
    let previous = 1;
    let value = root;
    for (let k = 2; k <= degree; k++) {
      const next = ((2 * k - 1) * root * value - (k - 1) * previous) / k;
      previous = value;
      value = next;
    }
    derivative = (degree * (root * value - previous)) / (root * root - 1);
    const step = value / derivative;
    root -= step;
    if (Math.abs(step) < 1e-15) break;
  }
  return { root, derivative };
}
