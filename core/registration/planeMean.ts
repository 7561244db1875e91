import type { MaskedPlane } from './registrationPyramid';

/** Mean of planes that arrive one by one. */
export interface PlaneMean {
  /** @throws RangeError when the plane differs in size from the earlier ones */
  add(plane: MaskedPlane): void;
  /** @throws RangeError when no plane was added */
  result(): MaskedPlane;
}

/**
 * Collects the pixelwise mean of planes of one size, holding one plane in double precision. A pixel
 * of the mean counts where it counts in every plane.
 */
export function planeMean(): PlaneMean {
  let sum: Float64Array | null = null;
  let size = { width: 0, height: 0 };
  let count = 0;
  let common: Uint8Array | undefined;
  return {
    add: ({ width, height, data, mask }) => {
      if (sum === null) {
        sum = new Float64Array(data.length);
        size = { width, height };
      }
      if (width !== size.width || height !== size.height) {
        throw new RangeError(
          `A plane of ${width} x ${height} pixels does not fit a mean of ${size.width} x ${size.height}.`,
        );
      }
      for (let i = 0; i < sum.length; i++) sum[i] += data[i];
      if (mask) common = common?.map((value, i) => value && mask[i]) ?? mask;
      count++;
    },
    result: () => {
      if (sum === null) throw new RangeError('The mean of no planes is not defined.');
      const data = Float32Array.from(sum, (value) => value / count);
      return { ...size, data, ...(common && { mask: common }) };
    },
  };
}
