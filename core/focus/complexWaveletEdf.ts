import type { EdfAccumulator } from './EdfAccumulator';
import { passCounter } from './passCounter';
import { reassignment, type Reassignment } from './reassignment';
import { waveletFusion, type ComplexWaveletOptions } from './waveletFusion';

/**
 * Extended depth of field by complex wavelets: the coefficient of largest modulus wins at each place
 * and scale, neighbouring choices are made consistent, and each fused pixel becomes the closest
 * measured value. Three passes: compete, collect what the checks changed, reassign; two without checks.
 *
 * @param width number of columns of every plane
 * @param height number of rows of every plane
 * @throws RangeError for a filter length or a number of scales that is impossible
 * @see Forster B., Van De Ville D., Berent J., Sage D., Unser M., Complex wavelets for extended
 * depth-of-field, Microscopy Research and Technique 65, 2004, doi:10.1002/jemt.20092
 */
export function complexWaveletEdf(
  width: number,
  height: number,
  options: ComplexWaveletOptions = {},
): EdfAccumulator {
  const fusion = waveletFusion(width, height, options);
  const passes = fusion.checked ? 3 : 2;
  const counter = passCounter(width, height, passes);
  let unassigned = new Float64Array(0);
  let closest: Reassignment | null = null;
  return {
    passes,
    add: (plane, z) => {
      counter.accept(plane, z);
      if (closest) closest.offer(plane, z);
      else if (counter.pass === 0) fusion.compete(plane, z);
      else fusion.collect(plane, z);
    },
    endPass: () => {
      counter.endPass();
      if (counter.pass === 1 && fusion.checked) fusion.check();
      if (counter.pass === passes - 1) {
        unassigned = fusion.fuse();
        closest = reassignment(unassigned, width, height);
      }
    },
    finish: () => {
      counter.requireFinished();
      if (!closest) throw new RangeError('The fusion has no planes.');
      const { fused, heightMap } = closest;
      return {
        fused,
        heightMap,
        surface: null,
        unassigned: { width, height, data: Float32Array.from(unassigned) },
      };
    },
  };
}
