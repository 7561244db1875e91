import { gaussLegendre } from './gaussLegendre';

/** Points per side over which a pixel integrates the intensity. */
const PIXEL_POINTS = 3;

/** Intensities on equally spaced radii, for several axial positions. */
export interface RadialTable {
  /** Row-major (z, r). */
  readonly intensities: Float64Array<ArrayBuffer>;
  readonly radiusCount: number;
  /** Spacing of the radii in micrometres; the first is 0. */
  readonly radiusStepUm: number;
}

/** Where every sample of a pixel falls in the radial table; shared by all axial positions. */
export interface RadialRaster {
  readonly width: number;
  readonly height: number;
  readonly samples: readonly PixelSamples[];
}

/** One distinct pixel of a quadrant: table positions and weights of its sample points. */
interface PixelSamples {
  readonly x: number;
  readonly y: number;
  readonly positions: Float64Array<ArrayBuffer>;
}

/** Products of the Gauss weights of a pixel's sample points; they sum to 1. */
const SAMPLE_WEIGHTS = pixelWeights();

/**
 * Prepares pixel integration of rotationally symmetric functions on a periodic grid.
 * The centre is pixel (0, 0); negative offsets wrap to the far end, as the Fourier transform wants.
 *
 * @param width pixels along x, even
 * @param height pixels along y, even
 * @param pixelSizeUm side of a pixel in micrometres
 * @param radiusStepUm spacing of the radial table in micrometres
 */
export function radialRaster(
  width: number,
  height: number,
  pixelSizeUm: number,
  radiusStepUm: number,
): RadialRaster {
  const { nodes } = gaussLegendre(PIXEL_POINTS, -0.5, 0.5);
  const scale = pixelSizeUm / radiusStepUm;
  const samples: PixelSamples[] = [];
  for (let y = 0; y <= height / 2; y++) {
    // A square grid repeats its upper octant in the lower one.
    for (let x = width === height ? y : 0; x <= width / 2; x++) {
      const positions = new Float64Array(PIXEL_POINTS * PIXEL_POINTS);
      for (let i = 0; i < positions.length; i++) {
        const dy = nodes[Math.floor(i / PIXEL_POINTS)]!;
        positions[i] = scale * Math.hypot(x + nodes[i % PIXEL_POINTS]!, y + dy);
      }
      samples.push({ x, y, positions });
    }
  }
  return { width, height, samples };
}

/**
 * Draws one axial position of a radial table on the grid, each pixel the mean over its area
 * (3 x 3 Gauss points, cubic interpolation in the radius), scaled so that the pixels sum to 1.
 * Beyond the last radius the function counts as 0.
 *
 * @param raster from `radialRaster`, for the table's spacing
 * @param table intensities
 * @param row axial position, counted from 0
 * @param plane receives width * height samples, row-major (y, x), centre at pixel (0, 0)
 */
export function rasterisePsf(
  raster: RadialRaster,
  table: RadialTable,
  row: number,
  plane: Float32Array | Float64Array,
): void {
  const { width, height, samples } = raster;
  const start = row * table.radiusCount;
  const profile = table.intensities.subarray(start, start + table.radiusCount);
  let sum = 0;
  for (const { x, y, positions } of samples) {
    let value = 0;
    for (let i = 0; i < positions.length; i++) {
      value += SAMPLE_WEIGHTS[i]! * interpolate(profile, positions[i]!);
    }
    sum += writeMirrored(plane, width, height, x, y, value);
    if (width === height && x !== y) sum += writeMirrored(plane, width, height, y, x, value);
  }
  const scale = 1 / sum;
  for (let i = 0; i < width * height; i++) plane[i]! *= scale;
}

function pixelWeights(): Float64Array<ArrayBuffer> {
  const { weights } = gaussLegendre(PIXEL_POINTS, -0.5, 0.5);
  return Float64Array.from(
    { length: PIXEL_POINTS * PIXEL_POINTS },
    (_, i) => weights[Math.floor(i / PIXEL_POINTS)]! * weights[i % PIXEL_POINTS]!,
  );
}

/** Cubic Lagrange interpolation; the profile is even about radius 0. */
function interpolate(profile: Float64Array, position: number): number {
  const index = Math.floor(position);
  if (index + 2 >= profile.length) return 0;
  const t = position - index;
  const before = profile[index === 0 ? 1 : index - 1]!;
  const left = profile[index]!;
  const right = profile[index + 1]!;
  const after = profile[index + 2]!;
  return (
    (-before * t * (t - 1) * (t - 2) + after * t * (t * t - 1)) / 6 +
    (left * (t * t - 1) * (t - 2) - right * t * (t + 1) * (t - 2)) / 2
  );
}

/** Writes a value at (±x, ±y) and returns the sum of what was written. */
function writeMirrored(
  plane: Float32Array | Float64Array,
  width: number,
  height: number,
  x: number,
  y: number,
  value: number,
): number {
  const mirrorX = (width - x) % width;
  const mirrorY = (height - y) % height;
  plane[y * width + x] = value;
  plane[y * width + mirrorX] = value;
  plane[mirrorY * width + x] = value;
  plane[mirrorY * width + mirrorX] = value;
  return value * (mirrorX === x ? 1 : 2) * (mirrorY === y ? 1 : 2);
}
