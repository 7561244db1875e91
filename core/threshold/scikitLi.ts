const MAX_ITERATIONS = 10_000;

/**
 * Li's method as scikit-image computes it: values are counted from the lowest, the iteration starts
 * from the mean and is not rounded.
 *
 * @param counts bin counts, the first and the last above 0, at least two bins
 * @param mean mean of the values in bins from the centre of the first
 * @param toleranceBins the iteration stops when the threshold moves by no more
 * @returns the threshold in bins from the centre of the first; not whole
 * @see Li C. H., Tam P. K. S., Pattern Recognition Letters 19, 1998, doi:10.1016/S0167-8655(98)00057-9
 */
export function scikitLi(counts: Float64Array, mean: number, toleranceBins: number): number {
  let current = -Infinity;
  let next = mean;
  for (let i = 0; i < MAX_ITERATIONS && Math.abs(next - current) > toleranceBins; i++) {
    current = next;
    const [below, above] = meansAround(counts, current);
    if (below === 0) break;
    next = (below - above) / (Math.log(below) - Math.log(above));
  }
  return next;
}

function meansAround(counts: Float64Array, threshold: number): readonly [number, number] {
  const sizes = [0, 0];
  const moments = [0, 0];
  for (let bin = 0; bin < counts.length; bin++) {
    const side = bin > threshold ? 1 : 0;
    const count = Math.fround(counts[bin]);
    sizes[side] += count;
    moments[side] += bin * count;
  }
  return [moments[0] / sizes[0], moments[1] / sizes[1]];
}
