import type { Plane } from '#core/image/Plane';
import { wholeSampleMirror } from './mirrorPad';
import { meanOf } from '#core/util/meanOf';

/** What is measured, and against what. */
export interface PlaneSharpnessOptions {
  /** 'laplacian' answers to fine detail, 'variance' to contrast at all scales. @default 'laplacian' */
  readonly measure?: 'laplacian' | 'variance';
  /**
   * Divide by the squared mean, so that planes of unequal exposure compare. Switch it off for values
   * whose mean may be 0 or negative, such as normalised planes. @default true
   */
  readonly divideByMean?: boolean;
}

/**
 * How sharp one plane is, as a single figure for the curve along z: the mean squared Laplacian (four
 * neighbours, mirrored borders) or the variance, divided by the squared mean.
 *
 * @returns 0 or more, without unit; not a number when a value is not finite; 0 for a constant plane
 * @see Groen F. C. A., Young I. T., Ligthart G., Cytometry 6, 1985, doi:10.1002/cyto.990060202
 */
export function planeSharpness(plane: Plane, options: PlaneSharpnessOptions = {}): number {
  const { measure = 'laplacian', divideByMean = true } = options;
  const mean = meanOf(plane.data);
  const energy = measure === 'laplacian' ? laplacianEnergy(plane) : varianceOf(plane.data, mean);
  return energy === 0 || !divideByMean ? energy : energy / (mean * mean);
}

function varianceOf(data: Float32Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i] - mean) ** 2;
  return sum / data.length;
}

function laplacianEnergy({ width, height, data }: Plane): number {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    const above = wholeSampleMirror(y - 1, height) * width;
    const here = y * width;
    const below = wholeSampleMirror(y + 1, height) * width;
    for (let x = 0; x < width; x++) {
      const left = data[here + wholeSampleMirror(x - 1, width)];
      const right = data[here + wholeSampleMirror(x + 1, width)];
      const laplacian = left + right + data[above + x] + data[below + x] - 4 * data[here + x];
      sum += laplacian * laplacian;
    }
  }
  return sum / data.length;
}
