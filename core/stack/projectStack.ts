import type { ImageStack, ValueMapping } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readValues } from '#core/image/readValues';
import { singlePlaneCalibration } from '#core/image/singlePlaneCalibration';
import { medianOf } from './medianOf';
import { projectionSums, type RunningProjection } from './projectionSums';
import { linesPerBand, readBand } from './readBand';

/** What becomes of the values of one pixel along z. */
export const PROJECTION_METHODS = ['max', 'min', 'mean', 'sum', 'std', 'median'] as const;

/** One of `PROJECTION_METHODS`. */
export type ProjectionMethod = (typeof PROJECTION_METHODS)[number];

/** How a projection is followed, and how much of the stack it holds. */
export interface ProjectOptions {
  /** Called with 0 to 1 while one projected plane is made. */
  readonly onFraction?: (fraction: number) => void;
  /** Memory of a median projection. @default 32 MiB */
  readonly bandBytes?: number;
}

/**
 * Projects all planes of each channel and time point into one. NaN is left out; a pixel that is NaN
 * in all planes stays so. max and min keep the pixel type; mean, sum, std (divided by n - 1, as in
 * ImageJ) and median (of an even number the mean of the middle two) give measured values in float32.
 * One plane is read at a time; median reads bands of rows through all planes.
 */
export function projectStack(
  stack: ImageStack,
  method: ProjectionMethod,
  options: ProjectOptions = {},
): ImageStack {
  const keepsType = method === 'max' || method === 'min';
  return mapPlanes(
    stack,
    ({ t, c }, signal) => {
      if (method === 'median') return medianPlane(stack, { t, c }, options, signal);
      return runningPlane(stack, { t, c }, method, options, signal);
    },
    {
      shape: { ...stack.shape, z: 1 },
      calibration: singlePlaneCalibration(stack.calibration),
      ...(!keepsType && { pixelType: 'float32', valueMapping: null }),
    },
  );
}

/** Small enough that the medians of a band are found well within a second. */
const MEDIAN_BYTES = 2 ** 25;

type Place = Pick<PlaneIndex, 't' | 'c'>;

async function runningPlane(
  stack: ImageStack,
  place: Place,
  method: RunningProjection,
  { onFraction }: ProjectOptions,
  signal?: AbortSignal,
): Promise<PixelArray> {
  const { z: planes, x, y } = stack.shape;
  const asStored = stack.valueMapping === null || method === 'max' || method === 'min';
  const sums = projectionSums(storedMethod(method, stack.valueMapping), x * y);
  for (let z = 0; z < planes; z++) {
    const index = { ...place, z };
    if (asStored) sums.add(await stack.source.read(index, { signal }));
    else sums.add((await readValues(stack, index, { signal })).data);
    onFraction?.((z + 1) / planes);
  }
  return sums.result();
}

/** The brightest value has the smallest stored sample where the mapping falls. */
function storedMethod(method: RunningProjection, mapping: ValueMapping | null): RunningProjection {
  if (mapping === null || mapping.scale >= 0) return method;
  if (method === 'max') return 'min';
  return method === 'min' ? 'max' : method;
}

function applyMapping(data: Float32Array, mapping: ValueMapping | null): void {
  if (mapping === null) return;
  for (let i = 0; i < data.length; i++) data[i] = data[i] * mapping.scale + mapping.offset;
}

async function medianPlane(
  stack: ImageStack,
  place: Place,
  { onFraction, bandBytes = MEDIAN_BYTES }: ProjectOptions,
  signal?: AbortSignal,
): Promise<PixelArray> {
  const { x: width, y: rows, z: planes } = stack.shape;
  const bandRows = linesPerBand(stack, width, bandBytes);
  const out = new Float32Array(width * rows);
  for (let y = 0; y < rows; y += bandRows) {
    const height = Math.min(bandRows, rows - y);
    const band = await readBand(stack, place, { x: 0, y, width, height }, signal);
    medianOfBand(band, planes, out.subarray(y * width, (y + height) * width));
    onFraction?.((y + height) / rows);
  }
  applyMapping(out, stack.valueMapping);
  return out;
}

/** Pixels that are brought together at one time, so that they fit into the processor's cache. */
const BLOCK = 128;

function medianOfBand(band: PixelArray, planes: number, out: Float32Array): void {
  const size = out.length;
  const values = Array.from({ length: BLOCK }, () => new Float32Array(planes));
  const counts = new Uint32Array(BLOCK);
  for (let start = 0; start < size; start += BLOCK) {
    const length = Math.min(BLOCK, size - start);
    counts.fill(0);
    for (let z = 0; z < planes; z++) {
      const from = z * size + start;
      for (let i = 0; i < length; i++) {
        const value = band[from + i];
        if (value === value) values[i][counts[i]++] = value;
      }
    }
    for (let i = 0; i < length; i++) out[start + i] = medianOf(values[i], counts[i]);
  }
}
