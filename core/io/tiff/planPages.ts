import type { Calibration } from '#core/image/Calibration';
import { unknownCalibration } from '#core/image/Calibration';
import type { Rational, TiffResolution } from '#core/io/imagej/calibrationFromImageJ';
import type { OpenOptions } from '#core/io/OpenOptions';
import { AxialError } from '#core/util/errors';
import type { StackPlan, StoredShape } from './StackPlan';
import type { TiffFile } from './TiffFile';

/** Dots per inch of screens and printers: what programs write when they know no pixel size. */
const PRINTING_DPI: ReadonlySet<number> = new Set([
  72, 96, 100, 120, 150, 180, 200, 240, 300, 600, 1200,
]);

function pixelSizeUm(rational: Rational | null, unit: number | null): number | null {
  if (!rational || rational[0] <= 0 || rational[1] <= 0) return null;
  const perUnit = rational[0] / rational[1];
  if (unit === 3) return perUnit === 1 ? null : 1e4 / perUnit;
  if (unit !== 2 || perUnit === 1 || PRINTING_DPI.has(Math.round(perUnit))) return null;
  return 25_400 / perUnit;
}

/** Pixel size from the resolution tags, where they do not just repeat a printer's. */
export function calibrationFromResolution(
  resolution: TiffResolution,
  channelCount: number,
): Calibration {
  const unknown = unknownCalibration(channelCount);
  const { x, y, unit } = resolution;
  const dpcm = (rational: Rational | null): number =>
    rational && rational[1] > 0 ? Math.round((rational[0] / rational[1]) * 2.54) : 0;
  if (unit === 3 && PRINTING_DPI.has(dpcm(x))) return unknown;
  return {
    ...unknown,
    pixelSizeUm: { x: pixelSizeUm(x, unit), y: pixelSizeUm(y, unit), z: null },
  };
}

function badAxes(message: string): AxialError {
  return new AxialError(
    'UsageError',
    message,
    'Name each of t, c and z at most once, slowest first, with sizes whose product is the number of pages.',
  );
}

/** Sizes along the axes that the user named; one of them may follow from the number of pages. */
function namedShape(axes: string, sizes: OpenOptions['sizes'], pages: number): StoredShape {
  const shape = { t: 1, c: 1, z: 1 };
  const stray = Object.keys(sizes ?? {}).find((axis) => !axes.includes(axis));
  if (stray)
    throw badAxes(`A size is given for "${stray}", which is not among the axes "${axes}".`);
  const open: ('t' | 'c' | 'z')[] = [];
  let known = 1;
  for (const axis of axes) {
    if (axis !== 't' && axis !== 'c' && axis !== 'z')
      throw badAxes(`"${axis}" is no axis of pages.`);
    const size = sizes?.[axis];
    if (size === undefined) open.push(axis);
    else known *= shape[axis] = size;
  }
  if (new Set(axes).size < axes.length || open.length > 1) {
    throw badAxes(`The axes "${axes}" with these sizes leave open what the pages are.`);
  }
  const last = open[0];
  if (last) shape[last] = pages / known;
  if (
    !Object.values(shape).every((n) => Number.isInteger(n) && n >= 1) ||
    shape.t * shape.c * shape.z !== pages
  ) {
    throw badAxes(`The ${pages} pages of this file do not form axes "${axes}" of the sizes given.`);
  }
  return shape;
}

/** Pages of the kind of the first real one; thumbnails, masks and other sizes are left out. */
function mainPages(file: TiffFile): { pages: Uint32Array; notes: string[] } {
  const { kinds, auxiliaryKinds } = file.chain;
  const first = kinds.findIndex((kind) => !auxiliaryKinds[kind]);
  const main = kinds[Math.max(first, 0)];
  const pages: number[] = [];
  kinds.forEach((kind, page) => {
    if (kind === main) pages.push(page);
  });
  const others = kinds.length - pages.length;
  const notes =
    others > 0
      ? [
          `${others} of the ${kinds.length} pages differ in size or type from the first and were left out.`,
        ]
      : [];
  return { pages: Uint32Array.from(pages), notes };
}

/**
 * Plans a stack of plain pages: each page is a plane, along z unless `options.axes` says otherwise.
 *
 * @throws AxialError `UsageError` when the named axes do not fit the number of pages
 */
export function planPages(
  file: TiffFile,
  resolution: TiffResolution,
  options: OpenOptions,
): StackPlan {
  const { pages, notes } = mainPages(file);
  const axes = options.axes?.toLowerCase().replace(/[yx]+$/u, '') || 'z';
  const stored = namedShape(axes, options.axes ? options.sizes : undefined, pages.length);
  const missing = [...'zct'].filter((axis) => !axes.includes(axis)).join('');
  return {
    format: 'tiff',
    stored,
    order: [...axes].reverse().join('') + missing,
    siblings: [],
    place: (plane) => ({ file: 0, page: pages[plane] ?? -1, shift: 0 }),
    calibrate: (shape) => ({
      calibration: calibrationFromResolution(resolution, shape.c),
      valueMapping: null,
      historyText: null,
    }),
    notes,
  };
}
