import type { Calibration } from '#core/image/Calibration';
import { unknownCalibration } from '#core/image/Calibration';
import type { PlaneIndex, PlaneSource } from '#core/image/PlaneSource';
import type { ByteSource } from '#core/io/ByteSource';
import type { OpenedImage } from '#core/io/OpenedImage';
import type { OpenOptions } from '#core/io/OpenOptions';
import { openImage } from '#core/io/openImage';
import { AxialError } from '#core/util/errors';
import { naturalOrder } from './naturalOrder';
import type { SequenceGrid } from './sequenceAxes';
import { sequenceAxes } from './sequenceAxes';

/** One file of a sequence, opened when its pixels are needed. */
export interface SequenceFile {
  /** Name without its folder. */
  readonly name: string;
  open(): Promise<ByteSource>;
}

/** Files that are open at once; systems allow about a thousand. */
const MOST_OPEN = 16;

type Part = Pick<OpenedImage, 'shape' | 'pixelType'>;

async function openPart(file: SequenceFile, options: OpenOptions): Promise<OpenedImage> {
  const bytes = await file.open();
  try {
    return await openImage(bytes, options);
  } catch (error) {
    await bytes.close();
    if (!(error instanceof AxialError)) throw error;
    throw new AxialError(error.tag, `${file.name}: ${error.message}`, error.remedy, {
      details: { ...error.details, fileName: file.name },
      cause: error,
    });
  }
}

function checkPart(file: SequenceFile, part: Part, first: Part): void {
  const axes = ['t', 'c', 'z', 'y', 'x'] as const;
  const same =
    part.pixelType === first.pixelType &&
    axes.every((axis) => part.shape[axis] === first.shape[axis]);
  if (same) return;
  const describe = ({ shape: { t, c, z, y, x }, pixelType }: Part): string =>
    `${x} x ${y} pixels${t * c * z > 1 ? ` in ${t * c * z} planes` : ''} of ${pixelType}`;
  throw new AxialError(
    'ImpossibleRequestError',
    `The file ${file.name} of the sequence has ${describe(part)}, where the first file has ${describe(first)}.`,
    'Choose with a pattern only files of one size and type.',
    { details: { fileName: file.name } },
  );
}

/** A grid that also has room for what each file holds itself. */
function checkAxes(grid: SequenceGrid, { shape }: Part): SequenceGrid {
  const clash = grid.named.find((axis) => shape[axis] > 1);
  if (clash) {
    throw new AxialError(
      'ImpossibleRequestError',
      `The names of the files number them along ${clash}, but each file holds ${shape[clash]} planes along ${clash} itself.`,
      'Open the files one by one.',
    );
  }
  if (grid.named.length > 0 || shape.z === 1) return grid;
  // Whole z-stacks without numbers in their names follow each other in time.
  return { ...grid, sizes: { t: grid.sizes.z, c: 1, z: 1 } };
}

function sequenceCalibration(first: OpenedImage, grid: SequenceGrid): Calibration {
  const { calibration, shape } = first;
  if (grid.sizes.c === 1) return calibration;
  return { ...calibration, channels: unknownCalibration(shape.c * grid.sizes.c).channels };
}

/** Parts that were opened, the longest unused closed first. */
function openParts(files: readonly SequenceFile[], options: OpenOptions, first: Part) {
  const open = new Map<number, Promise<OpenedImage>>();
  const closePart = async (part: Promise<OpenedImage>): Promise<void> => {
    const stack = await part.catch(() => null);
    await stack?.source.close();
  };
  async function openChecked(number: number): Promise<OpenedImage> {
    const file = files[number];
    if (!file) throw new RangeError(`There is no file number ${number}.`);
    const stack = await openPart(file, options);
    try {
      checkPart(file, stack, first);
    } catch (error) {
      await stack.source.close();
      throw error;
    }
    return stack;
  }
  return {
    /** Runs `work` on part `number` while it is certain to stay open. */
    async part(number: number): Promise<OpenedImage> {
      const part = open.get(number) ?? openChecked(number);
      open.delete(number);
      open.set(number, part);
      part.catch(() => open.delete(number));
      return part;
    },
    async trim(): Promise<void> {
      for (const [number, part] of open) {
        if (open.size <= MOST_OPEN) return;
        open.delete(number);
        await closePart(part);
      }
    },
    async close(): Promise<void> {
      for (const part of open.values()) await closePart(part);
      open.clear();
    },
  };
}

function sequenceSource(
  parts: ReturnType<typeof openParts>,
  grid: SequenceGrid,
  first: OpenedImage,
): PlaneSource {
  const { sizes } = grid;
  const own = first.shape;
  let reading = 0;
  return {
    levels: first.source.levels,
    async read(index: PlaneIndex, options = {}) {
      const { t, c, z } = index;
      const place = {
        t: Math.floor(t / own.t),
        c: Math.floor(c / own.c),
        z: Math.floor(z / own.z),
      };
      const inside = (['t', 'c', 'z'] as const).every(
        (axis) => index[axis] >= 0 && place[axis] < sizes[axis],
      );
      const file = grid.files[(place.t * sizes.c + place.c) * sizes.z + place.z];
      if (!inside || file === undefined)
        throw new RangeError(`There is no plane t=${t}, c=${c}, z=${z}.`);
      reading++;
      try {
        const stack = await parts.part(file);
        return await stack.source.read({ t: t % own.t, c: c % own.c, z: z % own.z }, options);
      } finally {
        // Only an idle moment is safe: another reading may be using any of the open files.
        if (--reading === 0) await parts.trim();
      }
    },
    close: () => parts.close(),
  };
}

/** The first file's own stack, when it describes exactly these files as its set. */
async function openSet(
  files: readonly SequenceFile[],
  options: OpenOptions,
): Promise<OpenedImage | null> {
  const file = files[0];
  if (!file) return null;
  const resolveSibling = async (name: string): Promise<ByteSource | null> =>
    (await files.find((sibling) => sibling.name === name)?.open()) ?? null;
  const stack = await openPart(file, { resolveSibling, ...options });
  const names = new Set(stack.files);
  if (names.size > 1 && files.every(({ name }) => names.has(name))) return stack;
  await stack.source.close();
  return null;
}

/**
 * Opens files as one stack: by tokens such as _z001, _c1 and _t005 in their names, else along z in
 * natural order (along t when each file is a z-stack itself). Every file's directory is looked at;
 * pixels are read when they are asked for.
 *
 * @param files at least one; in any order
 * @param options passed on to each file
 * @throws AxialError naming the file that differs from the first in size or type, or cannot be opened
 */
export async function openSequence(
  files: readonly SequenceFile[],
  options: OpenOptions = {},
): Promise<OpenedImage> {
  const sorted = [...files].sort((a, b) => naturalOrder(a.name, b.name));
  const set = await openSet(sorted, options);
  if (set) return set;
  const named = sequenceAxes(sorted.map(({ name }) => name));
  const firstFile = sorted[named.files[0] ?? 0];
  if (!firstFile) throw new RangeError('A sequence needs at least one file.');
  const first = await openPart(firstFile, options);
  await first.source.close();
  const grid = checkAxes(named, first);
  const parts = openParts(sorted, options, first);
  try {
    for (let number = 0; number < sorted.length; number++) {
      options.signal?.throwIfAborted();
      await parts.part(number);
      await parts.trim();
    }
  } catch (error) {
    await parts.close();
    throw error;
  }
  const { sizes } = grid;
  return {
    name: firstFile.name,
    format: first.format,
    files: sorted.map(({ name }) => name),
    shape: {
      ...first.shape,
      t: first.shape.t * sizes.t,
      c: first.shape.c * sizes.c,
      z: first.shape.z * sizes.z,
    },
    pixelType: first.pixelType,
    calibration: sequenceCalibration(first, grid),
    history: first.history,
    valueMapping: first.valueMapping,
    notes: [...grid.notes, ...first.notes],
    source: sequenceSource(parts, grid, first),
  };
}
