import type { Plane } from '#core/image/Plane';

/** Mean of planes that arrive one by one. */
export interface PlaneMean {
  /** @throws RangeError when the plane differs in size from the earlier ones */
  add(plane: Plane): void;
  /** @throws RangeError when no plane was added */
  result(): Plane;
}

/** Collects the pixelwise mean of planes of one size, holding one plane in double precision. */
export function planeMean(): PlaneMean {
  let sum: Float64Array | null = null;
  let size = { width: 0, height: 0 };
  let count = 0;
  return {
    add: ({ width, height, data }) => {
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
      count++;
    },
    result: () => {
      if (sum === null) throw new RangeError('The mean of no planes is not defined.');
      return { ...size, data: Float32Array.from(sum, (value) => value / count) };
    },
  };
}
