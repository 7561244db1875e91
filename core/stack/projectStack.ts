import type { ImageStack, ValueMapping } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { PixelArray } from '#core/image/PixelType';
import { planesAhead } from '#core/image/planesAhead';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readValues } from '#core/image/readValues';
import { singlePlaneCalibration } from '#core/image/singlePlaneCalibration';
import { readAhead } from '#core/util/readAhead';
import { medianOfBand, type Band } from './medianOfBand';
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
  /** Memory of one band of a median projection, of which there are up to three. @default 32 MiB */
  readonly bandBytes?: number;
  /** Makes the medians of a band, which it may keep; on another thread where there is one. @default in place */
  readonly medianOf?: (band: Band, signal?: AbortSignal) => Promise<Float32Array>;
}

/**
 * Projects all planes of each channel and time point into one. NaN is left out; a pixel that is NaN
 * in all planes stays so. max and min keep the pixel type; mean, sum, std (divided by n - 1, as in
 * ImageJ) and median (of an even number the mean of the middle two) give measured values in float32.
 * A few planes are read at a time; median reads bands of rows through all planes.
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
/** Bands in the making: one is read while medians of others are found. */
const BANDS_AHEAD = 3;

function inPlace(band: Band): Promise<Float32Array> {
  return Promise.resolve(medianOfBand(band));
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
  const asStored = stack.valueMapping === null || method === 'max' || method === 'min';
  const sums = projectionSums(storedMethod(method, stack.valueMapping), x * y);
  const read = async (z: number): Promise<PixelArray> => {
    const index = { ...place, z };
    if (asStored) return stack.source.read(index, { lend: true, signal });
    return (await readValues(stack, index, { signal })).data;
  };
  let done = 0;
  for await (const values of readAhead(planes, planesAhead(stack), read)) {
    signal?.throwIfAborted();
    sums.add(values);
    onFraction?.(++done / planes);
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
  { onFraction, bandBytes = MEDIAN_BYTES, medianOf = inPlace }: ProjectOptions,
  signal?: AbortSignal,
): Promise<PixelArray> {
  const { x: width, y: rows, z: planes } = stack.shape;
  const bandRows = linesPerBand(stack, width, bandBytes);
  const out = new Float32Array(width * rows);
  const bands = readAhead(Math.ceil(rows / bandRows), BANDS_AHEAD, async (i) => {
    const y = i * bandRows;
    const height = Math.min(bandRows, rows - y);
    const pixels = await readBand(stack, place, { x: 0, y, width, height }, signal);
    return medianOf({ pixels, planes }, signal);
  });
  let done = 0;
  for await (const medians of bands) {
    out.set(medians, done);
    done += medians.length;
    onFraction?.(done / out.length);
  }
  applyMapping(out, stack.valueMapping);
  return out;
}
