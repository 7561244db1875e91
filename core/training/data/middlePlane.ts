import type { Region } from './coverRegions';

/**
 * The plane that a region is in focus in: that of largest standard deviation, the first of equal ones.
 *
 * @param planes row-major (y, x), all of one size
 * @param width number of columns
 * @see Wu Y. et al., Nature Methods 16, 2019, doi:10.1038/s41592-019-0622-5
 */
export function middlePlane(
  planes: readonly Float32Array[],
  width: number,
  region: Region,
): number {
  let middle = 0;
  let largest = -1;
  planes.forEach((plane, z) => {
    const variance = varianceIn(plane, width, region);
    if (variance <= largest) return;
    largest = variance;
    middle = z;
  });
  return middle;
}

function varianceIn(plane: Float32Array, width: number, { left, top, side }: Region): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      const apart = plane[y * width + x] - mean;
      mean += apart / ++count;
      squares += apart * (plane[y * width + x] - mean);
    }
  }
  return squares / count;
}
