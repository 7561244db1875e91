/**
 * The bin of the mean, rounded down.
 *
 * @param counts bin counts, at least one above 0
 * @see Glasbey C. A., CVGIP: Graphical Models and Image Processing 55, 1993, doi:10.1006/cgip.1993.1040
 */
export function meanBin(counts: Float64Array): number {
  let total = 0;
  let moment = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    total += counts[bin];
    moment += bin * counts[bin];
  }
  return Math.floor(moment / total);
}
