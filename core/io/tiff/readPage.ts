import type { PixelArray, PixelType } from '#core/image/PixelType';
import { allocatePixels, bytesPerSample } from '#core/image/PixelType';
import type { Region } from '#core/image/PlaneSource';
import type { ByteSource } from '#core/io/ByteSource';
import { AxialError } from '#core/util/errors';
import type { PageLayout } from './PageLayout';
import { blockGrid, blockRowBytes } from './PageLayout';
import { checkCompression, decodeBlock, storedSamples } from './decodeBlock';
import { fetchBlocks } from './fetchBlocks';
import { sampleView } from './sampleView';
import { damagedTiff } from './tiffErrors';
import { COMPRESSION } from './tiffTags';

/** Bytes of one answer beyond which the machine's memory is in danger. */
const MOST_PLANE_BYTES = 2 ** 29;
/** Uncompressed rows are read in pieces of about this many bytes. */
const PIECE_BYTES = 1 << 23;

/** What to read of a page. */
export interface PageRequest {
  readonly layout: PageLayout;
  /** Which sample of each pixel. */
  readonly sample: number;
  readonly region: Region;
  readonly pixelType: PixelType;
  readonly signal?: AbortSignal | undefined;
}

/** A rectangle of decoded pixels of the page: its place, and samples `stride` apart from `first`. */
interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly first: number;
}

/** A strip or tile: its number in the page, and where its pixels are. */
interface TouchedBlock {
  readonly index: number;
  readonly patch: Patch;
}

/** Copies the part of `patch` that lies in the region. */
function place(
  out: PixelArray,
  region: Region,
  patch: Patch,
  samples: ReturnType<typeof sampleView>,
): void {
  const left = Math.max(region.x, patch.x);
  const right = Math.min(region.x + region.width, patch.x + patch.width);
  const top = Math.max(region.y, patch.y);
  const bottom = Math.min(region.y + region.height, patch.y + patch.height);
  const count = right - left;
  for (let y = top; y < bottom; y++) {
    const target = (y - region.y) * region.width + left - region.x;
    let from = ((y - patch.y) * patch.width + left - patch.x) * patch.stride + patch.first;
    if (patch.stride === 1) {
      out.set(samples.subarray(from, from + count), target);
    } else {
      for (let i = 0; i < count; i++, from += patch.stride) out[target + i] = samples[from] ?? 0;
    }
  }
}

/** Reads rows of an uncompressed strip or tile: only those that the region needs. */
async function readStoredBlock(
  bytes: ByteSource,
  request: PageRequest,
  out: PixelArray,
  index: number,
  patch: Patch,
): Promise<void> {
  const { layout, region, signal } = request;
  const rowBytes = blockRowBytes(layout);
  const piece = Math.max(1, Math.floor(PIECE_BYTES / rowBytes));
  const end = Math.min(region.y + region.height, patch.y + patch.height);
  if (layout.byteCounts[index] === 0) return;
  for (let y = Math.max(region.y, patch.y); y < end; y += piece) {
    signal?.throwIfAborted();
    const rows = Math.min(piece, end - y);
    const offset = (layout.offsets[index] ?? 0) + (y - patch.y) * rowBytes;
    const stored = await bytes.read(offset, rows * rowBytes, signal);
    if (stored.length < rows * rowBytes)
      throw damagedTiff('This TIFF ends inside the plane.', { offset });
    const samples = sampleView(storedSamples(layout, stored), layout.kind);
    place(out, region, { ...patch, y, height: rows }, samples);
  }
}

/** The samples as they lie in the file, not copied, where the region is whole rows of one stored block. */
async function readStretch(
  bytes: ByteSource,
  { layout, region, pixelType, signal }: PageRequest,
  touched: readonly TouchedBlock[],
): Promise<PixelArray | null> {
  if (layout.compression !== COMPRESSION.none || layout.kind !== pixelType) return null;
  const [{ index, patch }] = touched;
  const isOneStretch =
    touched.length === 1 && patch.stride === 1 && region.width === layout.blockWidth;
  if (!isOneStretch || layout.byteCounts[index] === 0) return null;
  const rowBytes = blockRowBytes(layout);
  const offset = (layout.offsets[index] ?? 0) + (region.y - patch.y) * rowBytes;
  const stored = await bytes.read(offset, region.height * rowBytes, signal);
  if (stored.length < region.height * rowBytes)
    throw damagedTiff('This TIFF ends inside the plane.', { offset });
  return sampleView(storedSamples(layout, stored), layout.kind) as PixelArray;
}

function patchOf(layout: PageLayout, column: number, row: number, sample: number): Patch {
  const y = row * layout.blockHeight;
  return {
    x: column * layout.blockWidth,
    y,
    width: layout.blockWidth,
    height: Math.min(layout.blockHeight, layout.height - y),
    stride: layout.planar ? 1 : layout.samplesPerPixel,
    first: layout.planar ? 0 : sample,
  };
}

/** The blocks that a region touches, in file order of a well-made file. */
function touchedBlocks(request: PageRequest): TouchedBlock[] {
  const { layout, region, sample } = request;
  const { across, down } = blockGrid(layout);
  const base = layout.planar ? sample * across * down : 0;
  const touched: TouchedBlock[] = [];
  const lastRow = Math.floor((region.y + region.height - 1) / layout.blockHeight);
  const lastColumn = Math.floor((region.x + region.width - 1) / layout.blockWidth);
  for (let row = Math.floor(region.y / layout.blockHeight); row <= lastRow; row++) {
    for (let column = Math.floor(region.x / layout.blockWidth); column <= lastColumn; column++) {
      touched.push({
        index: base + row * across + column,
        patch: patchOf(layout, column, row, sample),
      });
    }
  }
  return touched;
}

function checkMemory({ region, pixelType }: PageRequest): void {
  const needed = region.width * region.height * bytesPerSample(pixelType);
  if (needed <= MOST_PLANE_BYTES) return;
  throw new AxialError(
    'ImpossibleRequestError',
    `A plane of ${region.width} x ${region.height} pixels is too large to read at once.`,
    'Crop a smaller region, or use a lower resolution level where the file has one.',
    { details: { width: region.width, height: region.height, bytes: needed } },
  );
}

/**
 * Reads a region of one sample plane of a page, unpacking only the strips and tiles that it touches.
 *
 * @returns samples of the region, row-major (y, x)
 * @throws AxialError `DamagedFileError` when they are cut off or do not unpack
 */
export async function readPage(bytes: ByteSource, request: PageRequest): Promise<PixelArray> {
  const { layout, region, signal, pixelType } = request;
  checkCompression(layout);
  checkMemory(request);
  const touched = touchedBlocks(request);
  const stretch = await readStretch(bytes, request, touched);
  if (stretch) return stretch;
  const out = allocatePixels(pixelType, region.width * region.height);
  if (layout.compression === COMPRESSION.none) {
    for (const { index, patch } of touched)
      await readStoredBlock(bytes, request, out, index, patch);
    return out;
  }
  const patches = new Map(touched.map(({ index, patch }) => [index, patch]));
  for await (const { index, packed } of fetchBlocks(bytes, layout, [...patches.keys()], signal)) {
    const patch = patches.get(index);
    if (!patch) continue;
    place(out, region, patch, sampleView(await decodeBlock(layout, index, packed), layout.kind));
  }
  return out;
}
