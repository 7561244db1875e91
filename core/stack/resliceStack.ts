import type { Calibration } from '#core/image/Calibration';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { allocatePixels, type PixelArray } from '#core/image/PixelType';
import type { Region } from '#core/image/PlaneSource';
import { latestOnly } from './latestOnly';
import { linesPerBand, readBand } from './readBand';

/** Directions to cut a stack in. */
export const RESLICE_VIEWS = ['xz', 'yz'] as const;

/** "xz": planes of columns by depth along y. "yz": planes of rows by depth along x. */
export type ResliceView = (typeof RESLICE_VIEWS)[number];

/** How much of the stack is held at one time. */
export interface ResliceOptions {
  /** @default 64 MiB of rows, 384 MiB of columns */
  readonly bandBytes?: number;
}

/** Rows are read by themselves; columns cost all pixels of the stack for each band, so there must be few. */
const BAND_BYTES: { readonly [view in ResliceView]: number } = { xz: 2 ** 26, yz: 3 * 2 ** 27 };

/**
 * The stack cut across: planes of (z, x) along y, or of (z, y) along x, the first plane of the stack
 * on top; as ImageJ's Reslice from the top and from the left, without interpolation. Spacings move
 * with their axes; uneven heights have no pixel size to become. A band of rows (or columns) through
 * all planes is held at one time.
 */
export function resliceStack(
  stack: ImageStack,
  view: ResliceView,
  { bandBytes = BAND_BYTES[view] }: ResliceOptions = {},
): ImageStack {
  const { shape } = stack;
  const [across, along] = view === 'xz' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const bandLines = linesPerBand(stack, shape[across], bandBytes);
  const bands = latestOnly((key, signal) => {
    const [t, c, start] = key.split('/').map(Number);
    return readBand(stack, { t, c }, bandRegion(shape, along, start, bandLines), signal);
  });
  const resliced = { ...shape, x: shape[across], y: shape.z, z: shape[along] };
  return mapPlanes(
    stack,
    async ({ t, c, z }, signal) => {
      const start = z - (z % bandLines);
      const band = await bands(`${t}/${c}/${start}`, signal);
      const plane = allocatePixels(stack.pixelType, resliced.x * resliced.y);
      const { width, height } = bandRegion(shape, along, start, bandLines);
      if (along === 'y') copyRow(band, plane, { line: z - start, width, height });
      else copyColumn(band, plane, { line: z - start, width });
      return plane;
    },
    {
      shape: resliced,
      calibration: reslicedCalibration(stack.calibration, view),
      notes: [...stack.notes, ...unevenNote(stack.calibration)],
    },
  );
}

function bandRegion(shape: StackShape, along: 'x' | 'y', start: number, lines: number): Region {
  const count = Math.min(lines, shape[along] - start);
  return along === 'y'
    ? { x: 0, y: start, width: shape.x, height: count }
    : { x: start, y: 0, width: count, height: shape.y };
}

/** Takes row `line` of each plane of the band. */
function copyRow(
  band: PixelArray,
  plane: PixelArray,
  { line, width, height }: { line: number; width: number; height: number },
): void {
  for (let at = 0, from = line * width; at < plane.length; at += width, from += width * height) {
    plane.set(band.subarray(from, from + width), at);
  }
}

/** Takes column `line` of each plane of the band. */
function copyColumn(
  band: PixelArray,
  plane: PixelArray,
  { line, width }: { line: number; width: number },
): void {
  for (let i = 0; i < plane.length; i++) plane[i] = band[i * width + line];
}

function reslicedCalibration(calibration: Calibration, view: ResliceView): Calibration {
  const { x, y, z } = calibration.pixelSizeUm;
  const depth = calibration.zPositionsUm ? null : z;
  return {
    ...calibration,
    pixelSizeUm: view === 'xz' ? { x, y: depth, z: y } : { x: y, y: depth, z: x },
    zPositionsUm: null,
  };
}

function unevenNote({ zPositionsUm }: Calibration): string[] {
  return zPositionsUm
    ? ['The planes are not evenly spaced, so the rows of the resliced stack have no size.']
    : [];
}
