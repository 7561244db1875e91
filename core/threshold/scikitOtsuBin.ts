/**
 * Otsu's method as scikit-image computes it: of equal answers the first is taken. Sizes and their
 * products are rounded to 32 bits, as there, so that nearly equal answers fall alike.
 *
 * @param counts bin counts, the first and the last above 0
 * @param firstValue value of the first bin; bins are 1 apart
 * @returns the last bin of the background
 * @see Otsu N., IEEE Transactions on Systems, Man, and Cybernetics 9, 1979, doi:10.1109/TSMC.1979.4310076
 */
export function scikitOtsuBin(counts: Float64Array, firstValue: number): number {
  const above = groupsFromTop(counts, firstValue);
  let size = 0;
  let moment = 0;
  let best = 0;
  let largest = -Infinity;
  for (let bin = 0; bin < counts.length - 1; bin++) {
    const count = Math.fround(counts[bin]);
    size = Math.fround(size + count);
    moment += count * (firstValue + bin);
    const apart = moment / size - above.means[bin + 1];
    const variance = Math.fround(size * above.sizes[bin + 1]) * (apart * apart);
    if (variance > largest) {
      largest = variance;
      best = bin;
    }
  }
  return best;
}

/** For each bin the number and the mean of the values in it and above it. */
function groupsFromTop(
  counts: Float64Array,
  firstValue: number,
): { readonly sizes: Float32Array; readonly means: Float64Array } {
  const sizes = new Float32Array(counts.length);
  const means = new Float64Array(counts.length);
  let size = 0;
  let moment = 0;
  for (let bin = counts.length - 1; bin >= 0; bin--) {
    const count = Math.fround(counts[bin]);
    size = Math.fround(size + count);
    moment += count * (firstValue + bin);
    sizes[bin] = size;
    means[bin] = moment / size;
  }
  return { sizes, means };
}
