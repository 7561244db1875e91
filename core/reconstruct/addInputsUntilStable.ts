/**
 * Gives a plane from as few inputs as it needs: the nearest one first, then one more at a time, until
 * the plane changes by less than `epsilon` (Huang et al. 2021, doi:10.1038/s41377-021-00506-9, stop
 * adding images where the output no longer changes).
 *
 * @param inputs the nearest to the target last
 * @param refocus makes the plane from some of them, in the same order
 * @param epsilon root mean square of the change, in the normalised units of the network, where bright
 *   structure is about 1; 0 takes all inputs
 */
export async function addInputsUntilStable<T>(
  inputs: readonly T[],
  refocus: (inputs: readonly T[]) => Promise<Float32Array<ArrayBuffer>>,
  epsilon: number,
): Promise<Float32Array<ArrayBuffer>> {
  let plane = await refocus(inputs.slice(-1));
  for (let count = 2; count <= inputs.length; count++) {
    const next = await refocus(inputs.slice(-count));
    const change = rmsDifference(next, plane);
    plane = next;
    if (change < epsilon) break;
  }
  return plane;
}

function rmsDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum / Math.max(1, a.length));
}
