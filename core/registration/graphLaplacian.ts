/** A difference that is known: value of `later` less value of `earlier`. */
export interface Link {
  readonly later: number;
  readonly earlier: number;
}

/**
 * Prepares the weighted least-squares solution of many known differences between nodes in a row, with
 * one node held at 0: a banded Cholesky factorisation of the graph's Laplacian, which costs little
 * where links are short.
 *
 * @param count number of nodes
 * @param fixed the node that stays at 0
 * @param weights of the links, at least 0; a node that no weight reaches stays beside its neighbours
 * @returns a function from the differences of all links to the values of all nodes
 */
export function graphLaplacian(
  count: number,
  fixed: number,
  links: readonly Link[],
  weights: Float64Array,
): (differences: Float64Array) => Float64Array {
  const reach = links.reduce((most, { later, earlier }) => Math.max(most, later - earlier), 1);
  const stride = reach + 1;
  const band = new Float64Array(count * stride);
  const largest = weights.reduce((a, b) => Math.max(a, b), 0) || 1;
  const add = (later: number, earlier: number, weight: number): void => {
    if (later !== fixed) band[later * stride] += weight;
    if (earlier !== fixed) band[earlier * stride] += weight;
    if (later !== fixed && earlier !== fixed) band[later * stride + later - earlier] -= weight;
  };
  links.forEach(({ later, earlier }, i) => add(later, earlier, weights[i]));
  for (let i = 1; i < count; i++) add(i, i - 1, 1e-9 * largest);
  band[fixed * stride] = 1;
  factorise(band, count, stride);
  return (differences) => {
    const values = new Float64Array(count);
    links.forEach(({ later, earlier }, i) => {
      values[later] += weights[i] * differences[i];
      values[earlier] -= weights[i] * differences[i];
    });
    values[fixed] = 0;
    substitute(band, count, stride, values);
    return values;
  };
}

/** Cholesky factorisation in place: entry (i, i - k) is `band[i * stride + k]`. */
function factorise(band: Float64Array, count: number, stride: number): void {
  for (let i = 0; i < count; i++) {
    for (let k = Math.min(i, stride - 1); k >= 0; k--) {
      const j = i - k;
      let sum = band[i * stride + k];
      for (let m = Math.max(0, i - stride + 1); m < j; m++) {
        if (j - m < stride) sum -= band[i * stride + i - m] * band[j * stride + j - m];
      }
      band[i * stride + k] = k > 0 ? sum / band[j * stride] : Math.sqrt(sum);
    }
  }
}

function substitute(band: Float64Array, count: number, stride: number, values: Float64Array): void {
  for (let i = 0; i < count; i++) {
    for (let k = 1; k <= Math.min(i, stride - 1); k++) {
      values[i] -= band[i * stride + k] * values[i - k];
    }
    values[i] /= band[i * stride];
  }
  for (let i = count - 1; i >= 0; i--) {
    for (let k = 1; k < stride && i + k < count; k++) {
      values[i] -= band[(i + k) * stride + k] * values[i + k];
    }
    values[i] /= band[i * stride];
  }
}
