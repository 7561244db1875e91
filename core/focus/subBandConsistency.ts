import type { CoefficientSelection } from './maximumModulus';
import type { DetailBands } from './waveletBands';

/**
 * Makes the three detail bands of a scale agree on the plane at each place: two of three outvote
 * the third; when all differ, the band of the largest coefficient decides.
 *
 * @param selection its plane numbers are changed in place
 * @param stride number of coefficient columns in the layout
 * @param bands the three bands of one scale
 * @see Forster B. et al., Microscopy Research and Technique 65, 2004, doi:10.1002/jemt.20092
 */
export function subBandConsistency(
  selection: CoefficientSelection,
  stride: number,
  bands: DetailBands,
): void {
  const { re, im, planeIndex } = selection;
  const [first, second, third] = bands;
  for (let y = 0; y < first.height; y++) {
    let i = (first.top + y) * stride + first.left;
    let j = (second.top + y) * stride + second.left;
    let k = (third.top + y) * stride + third.left;
    for (let x = 0; x < first.width; x++, i++, j++, k++) {
      const a = planeIndex[i];
      const b = planeIndex[j];
      const c = planeIndex[k];
      if (a === b) planeIndex[k] = a;
      else if (a === c) planeIndex[j] = a;
      else if (b === c) planeIndex[i] = b;
      else {
        const modulusA = re[i] * re[i] + im[i] * im[i];
        const modulusB = re[j] * re[j] + im[j] * im[j];
        const modulusC = re[k] * re[k] + im[k] * im[k];
        let winner = a;
        if (modulusB > modulusA && modulusB >= modulusC) winner = b;
        else if (modulusC > modulusA) winner = c;
        planeIndex[i] = winner;
        planeIndex[j] = winner;
        planeIndex[k] = winner;
      }
    }
  }
}
