import type { ImageStack, ValueMapping } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readPlane } from '#core/image/readPlane';
import { singlePlaneCalibration } from '#core/image/singlePlaneCalibration';
import { toPixelType } from '#core/image/toPixelType';
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
  /** Memory of a median projection. @default 128 MiB */
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

type Place = Pick<PlaneIndex, 't' | 'c'>;

async function runningPlane(
  stack: ImageStack,
  place: Place,
  method: RunningProjection,
  { onFraction }: ProjectOptions,
  signal?: AbortSignal,
): Promise<PixelArray> {
  const { z: planes, x, y } = stack.shape;
  const keepsType = method === 'max' || method === 'min';
  const sums = projectionSums(storedMethod(method, stack.valueMapping), x * y);
  for (let z = 0; z < planes; z++) {
    const { data } = await readPlane(stack, { ...place, z }, { signal });
    if (!keepsType) applyMapping(data, stack.valueMapping);
    sums.add(data);
    onFraction?.((z + 1) / planes);
  }
  const result = sums.result();
  return keepsType ? toPixelType(result, stack.pixelType) : result;
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
  { onFraction, bandBytes }: ProjectOptions,
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

function medianOfBand(band: PixelArray, planes: number, out: Float32Array): void {
  const values = new Float32Array(planes);
  const size = out.length;
  for (let i = 0; i < size; i++) {
    let count = 0;
    for (let z = 0; z < planes; z++) {
      const value = band[z * size + i];
      if (!Number.isNaN(value)) values[count++] = value;
    }
    out[i] = medianOf(values, count);
  }
}
