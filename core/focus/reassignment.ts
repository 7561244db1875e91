import type { Plane } from '#core/image/Plane';
import type { HeightMap } from './EdfResult';
import type { StoredPlane } from './StoredPlane';

/** Finds for every pixel the measured value closest to a fused image, one plane at a time. */
export interface Reassignment {
  /** Offers the values of plane `z`; on a tie the earlier plane stays. */
  offer(plane: StoredPlane, z: number): void;
  readonly fused: Plane;
  readonly heightMap: HeightMap;
}

/**
 * Starts a reassignment towards `target`.
 *
 * @param target fused values, row-major (y, x)
 * @param width number of columns
 * @param height number of rows
 */
export function reassignment(target: Float64Array, width: number, height: number): Reassignment {
  const fused = new Float32Array(width * height);
  const planeIndex = new Uint16Array(width * height);
  const distance = new Float64Array(width * height).fill(Infinity);
  return {
    offer: ({ data }, z) => {
      for (let i = 0; i < data.length; i++) {
        const d = Math.abs(data[i] - target[i]);
        if (d < distance[i]) {
          distance[i] = d;
          fused[i] = data[i];
          planeIndex[i] = z;
        }
      }
    },
    fused: { width, height, data: fused },
    heightMap: { width, height, data: planeIndex },
  };
}
