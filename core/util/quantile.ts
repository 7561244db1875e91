/**
 * The k-th smallest value, counted from 0; the array is reordered so that it stands at index k.
 *
 * @param values no NaN; changed in place
 * @throws RangeError when k is outside the array
 * @see Hoare C. A. R., Algorithm 65: Find, Communications of the ACM 4, 1961, doi:10.1145/366622.366647
 */
export function selectSmallest(values: Float32Array, k: number): number {
  if (!Number.isInteger(k) || k < 0 || k >= values.length) {
    throw new RangeError(`There is no value number ${k} among ${values.length}.`);
  }
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOfThree(values[left], values[(left + right) >> 1], values[right]);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i += 1;
      while (values[j] > pivot) j -= 1;
      if (i <= j) {
        const swapped = values[i];
        values[i] = values[j];
        values[j] = swapped;
        i += 1;
        j -= 1;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k];
}

/**
 * Quantile with linear interpolation between neighbouring order statistics (the default of numpy).
 *
 * @param values at least one, no NaN; changed in place
 * @param fraction 0 for the smallest to 1 for the largest value
 */
export function quantile(values: Float32Array, fraction: number): number {
  const position = fraction * (values.length - 1);
  const below = Math.floor(position);
  const lower = selectSmallest(values, below);
  const weight = position - below;
  if (weight === 0) return lower;
  let upper = Infinity;
  for (let i = below + 1; i < values.length; i++) upper = Math.min(upper, values[i]);
  return lower + weight * (upper - lower);
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
