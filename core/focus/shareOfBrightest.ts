/** How far a pixel looks for something brighter, in pixels. */
const REACH_PX = 8;

/**
 * Every value as a share of the largest one in the square around it (17 x 17 pixels).
 *
 * @param values row-major (y, x) values of 0 or more
 * @param width number of columns
 * @returns 0 to 1; 0 where all values around are 0
 */
export function shareOfBrightest(values: Float32Array, width: number): Float32Array<ArrayBuffer> {
  const height = values.length / width;
  const rowMaxima = new Float32Array(values.length);
  const shares = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const end = row + Math.min(x + REACH_PX, width - 1);
      let largest = 0;
      for (let i = row + Math.max(x - REACH_PX, 0); i <= end; i++) {
        if (values[i] > largest) largest = values[i];
      }
      rowMaxima[row + x] = largest;
    }
  }
  for (let y = 0; y < height; y++) {
    const end = Math.min(y + REACH_PX, height - 1) * width;
    for (let x = 0; x < width; x++) {
      let largest = 0;
      for (let i = Math.max(y - REACH_PX, 0) * width + x; i <= end + x; i += width) {
        if (rowMaxima[i] > largest) largest = rowMaxima[i];
      }
      const i = y * width + x;
      shares[i] = largest > 0 ? values[i] / largest : 0;
    }
  }
  return shares;
}
