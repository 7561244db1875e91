import type { EdfAccumulator } from './EdfAccumulator';
import type { SharpnessMap } from './localVariance';
import { passCounter } from './passCounter';

/**
 * Extended depth of field that takes each pixel from the plane where a local sharpness is largest;
 * the earlier plane wins ties. One pass.
 *
 * @param width number of columns of every plane
 * @param height number of rows of every plane
 * @param sharpness what is compared between planes
 */
export function sharpestPixelEdf(
  width: number,
  height: number,
  sharpness: SharpnessMap,
): EdfAccumulator {
  const length = width * height;
  const counter = passCounter(width, height, 1);
  const current = new Float64Array(length);
  const best = new Float64Array(length).fill(-Infinity);
  const fused = new Float32Array(length);
  const planeIndex = new Uint16Array(length);
  return {
    passes: 1,
    add: (plane, z) => {
      counter.accept(plane, z);
      sharpness(plane, current);
      for (let i = 0; i < length; i++) {
        if (current[i] > best[i]) {
          best[i] = current[i];
          fused[i] = plane.data[i];
          planeIndex[i] = z;
        }
      }
    },
    endPass: () => counter.endPass(),
    finish: () => {
      counter.requireFinished();
      return {
        fused: { width, height, data: fused },
        heightMap: { width, height, data: planeIndex },
        surface: null,
        unassigned: null,
      };
    },
  };
}
