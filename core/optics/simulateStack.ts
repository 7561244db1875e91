import { createRandom } from '#core/util/random';
import type { CameraOptions } from './expose';
import { expose } from './expose';
import { imageByDepth } from './imageByDepth';
import type { NucleiOptions } from './nuclei';
import { nuclei } from './nuclei';
import type { OpticalSystem } from './OpticalSystem';
import type { VoxelGrid } from './VoxelGrid';
import type { WidefieldOtf } from './widefieldOtf';
import { widefieldOtf } from './widefieldOtf';

/** What lies under the microscope. */
export type SpecimenOptions = NucleiOptions;

/** Light that reaches the camera without being an image of the specimen's plane. */
export interface LightOptions {
  /** Photoelectrons of the bright parts: the 99th percentile of the specimen's own image. */
  readonly photons: number;
  /** Even background, as a share of `photons`. @default 0.05 */
  readonly background?: number;
  /** Haze: the stack's mean image, blurred by `hazeRadiusUm`, at most this share of `photons`. @default 0 */
  readonly haze?: number;
  /** Standard deviation of the haze blur, in micrometres. @default 3 */
  readonly hazeRadiusUm?: number;
}

/** A stack to simulate: its size, optics, specimen, light and camera. */
export interface SimulationOptions {
  /** The same seed and options give the same pixels. */
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
  readonly system: OpticalSystem;
  /** Mean depth of the specimen below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
  readonly specimen: SpecimenOptions;
  readonly light: LightOptions;
  readonly camera?: CameraOptions;
  /** Specimen around the field that still sends light into it, in micrometres. @default 6 */
  readonly marginUm?: number;
  /** Specimen above and below the stack, in micrometres. @default 3 */
  readonly zMarginUm?: number;
}

/** A simulated stack; all planes are row-major (y, x), the plane nearest to the coverslip first. */
export interface SimulatedStack {
  readonly width: number;
  readonly height: number;
  /** What the camera gave. */
  readonly noisy: Uint16Array<ArrayBuffer>[];
  /** What an endless exposure would give, in the same grey levels. */
  readonly clean: Float32Array<ArrayBuffer>[];
  /** Fluorophore density at the same voxels. */
  readonly specimen: Float32Array<ArrayBuffer>[];
  readonly options: SimulationOptions;
}

/** Share of pixels above which the bright parts begin. */
const BRIGHT_SHARE = 0.01;

/**
 * Simulates a wide-field stack of a specimen of known truth.
 *
 * The specimen is made on a grid that is wider, and reaches further along z, than the stack;
 * every plane of it lights every imaged plane through the Gibson-Lanni point-spread function
 * of their distance (index mismatch at the specimen's mean depth included); background and haze
 * are added, and the camera exposes the middle of the grid.
 *
 * @param options what to simulate
 * @param shared `otf`: transfer functions from `stackOtf` for the same optics and size, to save time
 * @throws RangeError when a size, the optics or the camera make no sense
 */
export function simulateStack(
  options: SimulationOptions,
  shared: { readonly otf?: WidefieldOtf; readonly signal?: AbortSignal } = {},
): SimulatedStack {
  const { seed, width, height, planes, light, camera = {} } = options;
  const { grid, firstPlane, left, top } = paddedGrid(options);
  const { signal } = shared;
  const otf = shared.otf ?? stackOtf(options, signal);
  if (otf.width !== grid.width || otf.height !== grid.height) {
    throw new RangeError('The shared transfer functions are for another field.');
  }
  const density = nuclei(seed, options.specimen, grid);
  signal?.throwIfAborted();
  const images = imageByDepth({ specimen: density, otf, firstPlane, planeCount: planes, signal });
  const crop = (plane: Float32Array): Float32Array<ArrayBuffer> =>
    cropPlane(plane, grid.width, left, top, width, height);
  const haze = light.haze ? crop(hazePlane(images, grid, light.hazeRadiusUm ?? 3)) : null;
  const cropped = images.map(crop);
  const electrons = toElectrons(cropped, haze, light);
  // Another stream than the specimen's: changing the camera must not change the specimen.
  const noise = createRandom(seed + 2 ** 33);
  const exposures = electrons.map((plane) => {
    signal?.throwIfAborted();
    return expose(plane, camera, noise);
  });
  return {
    width,
    height,
    noisy: exposures.map((exposure) => exposure.noisy),
    clean: exposures.map((exposure) => exposure.clean),
    specimen: density.slice(firstPlane, firstPlane + planes).map(crop),
    options,
  };
}

/** Transfer functions that fit `simulateStack` with these options; the seed does not matter. */
export function stackOtf(options: SimulationOptions, signal?: AbortSignal): WidefieldOtf {
  const { grid, firstPlane } = paddedGrid(options);
  return widefieldOtf({
    system: options.system,
    depthUm: options.depthUm ?? 0,
    width: grid.width,
    height: grid.height,
    pixelSizeUm: options.pixelSizeUm,
    zStepUm: options.zStepUm,
    reachPlanes: firstPlane + options.planes - 1,
    signal,
  });
}

/** The grid of the computation, and where the stack lies in it. */
function paddedGrid(options: SimulationOptions): {
  readonly grid: VoxelGrid;
  readonly firstPlane: number;
  readonly left: number;
  readonly top: number;
} {
  const { width, height, planes, pixelSizeUm, zStepUm, marginUm = 6, zMarginUm = 3 } = options;
  if (![width, height, planes].every((count) => Number.isInteger(count) && count >= 1)) {
    throw new RangeError('A stack needs at least one plane, one row and one column.');
  }
  if (!(pixelSizeUm > 0) || !(zStepUm > 0)) {
    throw new RangeError('Pixel size and z step must be positive.');
  }
  const margin = Math.ceil(marginUm / pixelSizeUm);
  const firstPlane = Math.ceil(zMarginUm / zStepUm);
  const padded = (side: number): number =>
    2 ** Math.max(1, Math.ceil(Math.log2(side + 2 * margin)));
  const grid = {
    width: padded(width),
    height: padded(height),
    planes: planes + 2 * firstPlane,
    pixelSizeUm,
    zStepUm,
  };
  return {
    grid,
    firstPlane,
    left: Math.floor((grid.width - width) / 2),
    top: Math.floor((grid.height - height) / 2),
  };
}

function cropPlane(
  plane: Float32Array,
  stride: number,
  left: number,
  top: number,
  width: number,
  height: number,
): Float32Array<ArrayBuffer> {
  const cropped = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * stride + left;
    cropped.set(plane.subarray(start, start + width), y * width);
  }
  return cropped;
}

/** Expected photoelectrons of every pixel. */
function toElectrons(
  images: readonly Float32Array[],
  haze: Float32Array | null,
  light: LightOptions,
): Float32Array<ArrayBuffer>[] {
  const { photons, background = 0.05, haze: hazeShare = 0 } = light;
  const scale = photons / (brightLevel(images) || 1);
  const hazeScale = haze ? (hazeShare * photons) / (largestOf(haze) || 1) : 0;
  return images.map((image) => {
    const electrons = new Float32Array(image.length);
    for (let i = 0; i < image.length; i++) {
      const extra = haze ? hazeScale * haze[i]! : 0;
      electrons[i] = Math.max(0, scale * image[i]!) + Math.max(0, extra) + background * photons;
    }
    return electrons;
  });
}

function brightLevel(images: readonly Float32Array[]): number {
  const all = new Float32Array(images.reduce((sum, image) => sum + image.length, 0));
  let offset = 0;
  for (const image of images) {
    all.set(image, offset);
    offset += image.length;
  }
  all.sort();
  return all[Math.max(0, Math.ceil((1 - BRIGHT_SHARE) * all.length) - 1)]!;
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

/** Mean of all images, blurred by repeated running means (three of them are nearly a Gaussian). */
function hazePlane(
  images: readonly Float32Array[],
  grid: VoxelGrid,
  radiusUm: number,
): Float32Array<ArrayBuffer> {
  const { width, height } = grid;
  let plane = new Float32Array(width * height);
  for (const image of images) {
    for (let i = 0; i < plane.length; i++) plane[i]! += image[i]! / images.length;
  }
  const half = Math.max(1, Math.round(radiusUm / grid.pixelSizeUm));
  for (let pass = 0; pass < 3; pass++) {
    plane = runningMean(plane, width, height, half, 1, width);
    plane = runningMean(plane, height, width, half, width, 1);
  }
  return plane;
}

/** Periodic running mean of 2 half + 1 samples along one axis. */
function runningMean(
  plane: Float32Array,
  length: number,
  lines: number,
  half: number,
  step: number,
  lineStep: number,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(plane.length);
  const at = (start: number, i: number): number =>
    plane[start + (((i % length) + length) % length) * step]!;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let sum = 0;
    for (let i = -half; i <= half; i++) sum += at(start, i);
    for (let i = 0; i < length; i++) {
      result[start + i * step] = sum / (2 * half + 1);
      sum += at(start, i + half + 1) - at(start, i - half);
    }
  }
  return result;
}
