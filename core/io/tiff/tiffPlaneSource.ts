import type { PixelType } from '#core/image/PixelType';
import type { StackShape } from '#core/image/ImageStack';
import type { LevelSize, PlaneIndex, PlaneSource, Region } from '#core/image/PlaneSource';
import { AxialError, isAxialError } from '#core/util/errors';
import type { PageLayout } from './PageLayout';
import { readPage } from './readPage';
import type { FileSet } from './siblingFiles';
import type { PlanePlace, StackPlan } from './StackPlan';
import { planeNumber } from './StackPlan';
import type { TiffFile } from './TiffFile';
import { damagedTiff } from './tiffErrors';

/** A resolution level: its size, and which SubIFD of each page holds it (-1: the page itself). */
export interface Level extends LevelSize {
  readonly subIfd: number;
}

/** What a plane source needs to find pixels. */
export interface TiffStack {
  readonly files: FileSet;
  readonly plan: StackPlan;
  readonly shape: StackShape;
  readonly samplesPerPixel: number;
  readonly kind: PageLayout['kind'];
  readonly pixelType: PixelType;
  readonly levels: readonly Level[];
}

/** The layout of a page as it is at `place`: contiguous planes share the page of the first. */
export function placedLayout(layout: PageLayout, place: PlanePlace): PageLayout {
  if (place.shift === 0) return layout;
  return { ...layout, offsets: layout.offsets.map((offset) => offset + place.shift) };
}

async function levelLayout(
  file: TiffFile,
  place: PlanePlace,
  level: Level,
  signal: AbortSignal | undefined,
): Promise<PageLayout> {
  const page = await file.layout(place.page, signal);
  if (level.subIfd < 0) return placedLayout(page, place);
  const offset = page.subIfds[level.subIfd];
  if (offset === undefined) throw damagedTiff('A plane lacks one of its smaller copies.');
  return file.layoutAt(offset, signal);
}

function checkLayout(layout: PageLayout, level: Level, stack: TiffStack): void {
  const same =
    layout.width === level.width &&
    layout.height === level.height &&
    layout.kind === stack.kind &&
    layout.samplesPerPixel === stack.samplesPerPixel;
  if (same) return;
  throw damagedTiff(
    `A page has ${layout.width} x ${layout.height} ${layout.kind} pixels where the stack has ${level.width} x ${level.height} of ${stack.kind}.`,
  );
}

function checkRequest(
  stack: TiffStack,
  index: PlaneIndex,
  level: Level | undefined,
  region: Region,
): void {
  const { shape } = stack;
  const known = (['t', 'c', 'z'] as const).every(
    (axis) => index[axis] >= 0 && index[axis] < shape[axis],
  );
  if (!known || !level) {
    throw new RangeError(
      `There is no plane t=${index.t}, c=${index.c}, z=${index.z} at this level.`,
    );
  }
  const { x, y, width, height } = region;
  if (
    x < 0 ||
    y < 0 ||
    width < 1 ||
    height < 1 ||
    x + width > level.width ||
    y + height > level.height
  ) {
    throw new RangeError(
      `The region ${width} x ${height} at (${x}, ${y}) leaves the plane of ${level.width} x ${level.height} pixels.`,
    );
  }
}

/** Says which plane a failure is about. */
function atPlane(error: unknown, { t, c, z }: PlaneIndex): unknown {
  if (!isAxialError(error, 'DamagedFileError')) return error;
  return new AxialError(
    error.tag,
    `Plane z=${z}, c=${c}, t=${t} cannot be read. ${error.message}`,
    error.remedy,
    { details: { ...error.details, t, c, z }, cause: error },
  );
}

/** A source that reads planes of a TIFF, or of a set of them, when somebody asks. */
export function tiffPlaneSource(stack: TiffStack): PlaneSource {
  const { plan, files, levels, samplesPerPixel, pixelType } = stack;
  return {
    levels: levels.map(({ width, height }) => ({ width, height })),
    async read(index, options = {}) {
      const { signal } = options;
      signal?.throwIfAborted();
      const level = levels[options.level ?? 0];
      const region = options.region ?? {
        x: 0,
        y: 0,
        width: level?.width ?? 1,
        height: level?.height ?? 1,
      };
      checkRequest(stack, index, level, region);
      if (!level) throw new RangeError('There is no such level.');
      const c = Math.floor(index.c / samplesPerPixel);
      const place = plan.place(planeNumber(plan.stored, plan.order, { ...index, c }));
      try {
        if (place.page < 0) throw damagedTiff('The file does not say where this plane is.');
        const file = await files.file(place.file, signal);
        const layout = await levelLayout(file, place, level, signal);
        checkLayout(layout, level, stack);
        const sample = index.c % samplesPerPixel;
        return await readPage(file.bytes, { layout, sample, region, pixelType, signal });
      } catch (error) {
        throw atPlane(error, index);
      }
    },
    close: () => files.close(),
  };
}
