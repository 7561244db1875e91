/** Side of the Gaussian window in pixels; smaller images have no valid region. */
export const SSIM_WINDOW_PX = 11;
const RADIUS = 5;
const SIGMA_PX = 1.5;
const K1 = 0.01;
const K2 = 0.03;

/** Values of one image in any working precision. */
export type ImageValues = Float32Array | Float64Array;

/** Means over the valid region: the full index, and its contrast-structure part. */
export interface StructuralSimilarity {
  readonly ssim: number;
  readonly contrastStructure: number;
}

/** Horizontally filtered rows of x, y, x^2 + y^2 and x y, kept for as many rows as the window has. */
interface FilteredRows {
  readonly width: number;
  readonly meanX: Float64Array;
  readonly meanY: Float64Array;
  readonly squares: Float64Array;
  readonly products: Float64Array;
}

/**
 * Structural similarity with an 11 x 11 Gaussian window (sigma 1.5 px), population covariance, and
 * the mean over the region where the window fits. Separable, in double precision.
 *
 * @param x one image, row-major (y, x)
 * @param y the other
 * @param width at least 11 columns
 * @param height at least 11 rows
 * @param dataRange range of the data in grey levels
 * @see Wang Z. et al., IEEE Trans. Image Processing 13, 2004, doi:10.1109/TIP.2003.819861
 */
export function structuralSimilarity(
  x: ImageValues,
  y: ImageValues,
  width: number,
  height: number,
  dataRange: number,
): StructuralSimilarity {
  const kernel = gaussianKernel();
  const validWidth = width - 2 * RADIUS;
  const validHeight = height - 2 * RADIUS;
  const ring = createFilteredRows(validWidth);
  const scratch = new Float64Array(4 * width);
  const c1 = (K1 * dataRange) ** 2;
  const c2 = (K2 * dataRange) ** 2;
  const sums = { ssim: 0, contrastStructure: 0 };
  for (let row = 0; row < height; row++) {
    filterRow(x, y, row * width, width, kernel, scratch, ring, row % SSIM_WINDOW_PX);
    if (row >= 2 * RADIUS) addRow(ring, (row + 1) % SSIM_WINDOW_PX, kernel, c1, c2, sums);
  }
  const count = validWidth * validHeight;
  return { ssim: sums.ssim / count, contrastStructure: sums.contrastStructure / count };
}

/** Weights at distance 0 to 5 from the centre. */
function gaussianKernel(): Float64Array {
  const half = Float64Array.from({ length: RADIUS + 1 }, (_, k) =>
    Math.exp(-(k * k) / (2 * SIGMA_PX * SIGMA_PX)),
  );
  const sum = 2 * half.reduce((total, weight) => total + weight, 0) - half[0];
  return half.map((weight) => weight / sum);
}

function createFilteredRows(width: number): FilteredRows {
  const create = (): Float64Array => new Float64Array(width * SSIM_WINDOW_PX);
  return { width, meanX: create(), meanY: create(), squares: create(), products: create() };
}

function filterRow(
  x: ImageValues,
  y: ImageValues,
  start: number,
  width: number,
  kernel: Float64Array,
  scratch: Float64Array,
  ring: FilteredRows,
  slot: number,
): void {
  for (let k = 0; k < width; k++) {
    const a = x[start + k];
    const b = y[start + k];
    scratch[k] = a;
    scratch[width + k] = b;
    scratch[2 * width + k] = a * a + b * b;
    scratch[3 * width + k] = a * b;
  }
  const target = slot * ring.width;
  filterLine(scratch, 0, kernel, ring.meanX, target, ring.width);
  filterLine(scratch, width, kernel, ring.meanY, target, ring.width);
  filterLine(scratch, 2 * width, kernel, ring.squares, target, ring.width);
  filterLine(scratch, 3 * width, kernel, ring.products, target, ring.width);
}

function filterLine(
  values: Float64Array,
  start: number,
  kernel: Float64Array,
  out: Float64Array,
  target: number,
  length: number,
): void {
  const [w0, w1, w2, w3, w4, w5] = kernel;
  for (let k = 0; k < length; k++) {
    const i = start + k + RADIUS;
    out[target + k] =
      w0 * values[i] +
      w1 * (values[i - 1] + values[i + 1]) +
      w2 * (values[i - 2] + values[i + 2]) +
      w3 * (values[i - 3] + values[i + 3]) +
      w4 * (values[i - 4] + values[i + 4]) +
      w5 * (values[i - 5] + values[i + 5]);
  }
}

/** Filters the ring vertically and adds one row of the index; `oldest` is the slot of the top row. */
function addRow(
  ring: FilteredRows,
  oldest: number,
  kernel: Float64Array,
  c1: number,
  c2: number,
  sums: { ssim: number; contrastStructure: number },
): void {
  const { width, meanX, meanY, squares, products } = ring;
  let ssim = 0;
  let contrastStructure = 0;
  for (let k = 0; k < width; k++) {
    let mx = 0;
    let my = 0;
    let square = 0;
    let product = 0;
    for (let tap = 0, slot = oldest; tap < SSIM_WINDOW_PX; tap++) {
      const weight = kernel[tap < RADIUS ? RADIUS - tap : tap - RADIUS];
      const at = slot * width + k;
      mx += weight * meanX[at];
      my += weight * meanY[at];
      square += weight * squares[at];
      product += weight * products[at];
      slot = slot + 1 === SSIM_WINDOW_PX ? 0 : slot + 1;
    }
    const meanProduct = mx * my;
    const meanSquares = mx * mx + my * my;
    const cs = (2 * (product - meanProduct) + c2) / (square - meanSquares + c2);
    contrastStructure += cs;
    ssim += ((2 * meanProduct + c1) / (meanSquares + c1)) * cs;
  }
  sums.ssim += ssim;
  sums.contrastStructure += contrastStructure;
}
