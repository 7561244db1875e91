import type { PageLayout } from './PageLayout';
import { blockRowBytes, blockRows } from './PageLayout';
import { damagedTiff, unsupportedTiff } from './tiffErrors';
import { COMPRESSION } from './tiffTags';

/** A layout as the tags state it: sizes of blocks may be missing. */
export type StatedLayout = Omit<PageLayout, 'byteCounts'> & {
  readonly byteCounts: Float64Array | null;
};

/** Decoded bytes of one block beyond which reading it would take too much memory. */
const MOST_BLOCK_BYTES = 2 ** 27;

/** How far each scheme can compress at best; a block that claims more is damaged or a trap. */
function largestRatio(compression: number): number {
  switch (compression) {
    case COMPRESSION.packBits:
      return 64;
    case COMPRESSION.lzw:
      return 2600;
    case COMPRESSION.adobeDeflate:
    case COMPRESSION.deflate:
      return 1040;
    case COMPRESSION.zstd:
      return 50_000;
    default:
      // JPEG: a block of 8 x 8 samples takes at least one bit for each coefficient run.
      return 1024;
  }
}

function checkStored(layout: StatedLayout): PageLayout {
  const rowBytes = blockRowBytes({ ...layout, byteCounts: layout.offsets });
  const { offsets, byteCounts } = layout;
  const counts = new Float64Array(offsets.length);
  for (let i = 0; i < offsets.length; i++) {
    const needed = rowBytes * blockRows({ ...layout, byteCounts: offsets }, i);
    const stated = byteCounts?.[i] ?? 0;
    // 32-bit counts of planes above 4 GB have wrapped around.
    const wrapped = needed >= 2 ** 32 && stated === needed % 2 ** 32;
    const sparse = layout.tiled && stated === 0 && offsets[i] === 0;
    if (stated > 0 && stated < needed && !wrapped) throw wrongByteCount(i, stated, needed);
    counts[i] = sparse ? 0 : needed;
  }
  return joinStrips({ ...layout, byteCounts: counts }, rowBytes);
}

function wrongByteCount(block: number, stated: number, needed: number): Error {
  return damagedTiff(
    `This TIFF contradicts itself: strip or tile ${block} of a page holds ${stated} bytes where its size in pixels needs ${needed}.`,
    { block, stated, needed },
  );
}

/** Strips that lie one after the other without compression are one strip. */
function joinStrips(layout: PageLayout, rowBytes: number): PageLayout {
  const { offsets, byteCounts, tiled, planar, height } = layout;
  if (tiled || planar || offsets.length === 1) return layout;
  for (let i = 1; i < offsets.length; i++) {
    if (offsets[i] !== (offsets[i - 1] ?? 0) + (byteCounts[i - 1] ?? 0)) return layout;
  }
  return {
    ...layout,
    blockHeight: height,
    offsets: offsets.slice(0, 1),
    byteCounts: Float64Array.of(rowBytes * height),
  };
}

function checkCompressed(layout: StatedLayout): PageLayout {
  const { byteCounts, compression, offsets } = layout;
  if (!byteCounts) {
    throw damagedTiff('This TIFF does not say how many bytes its compressed strips or tiles take.');
  }
  const sized = { ...layout, byteCounts };
  const rowBytes = blockRowBytes(sized);
  const ratio = largestRatio(compression);
  for (let i = 0; i < offsets.length; i++) {
    const stated = byteCounts[i] ?? 0;
    const needed = rowBytes * blockRows(sized, i);
    const sparse = layout.tiled && stated === 0 && offsets[i] === 0;
    if (!sparse && needed > stated * ratio + 1024) throw wrongByteCount(i, stated, needed);
  }
  if (rowBytes * layout.blockHeight > MOST_BLOCK_BYTES) {
    throw unsupportedTiff(
      `This TIFF compresses ${layout.blockWidth} x ${layout.blockHeight} pixels in one piece, too much to unpack at once.`,
      'Save it anew with smaller strips or tiles, or without compression.',
    );
  }
  return sized;
}

/**
 * Checks the strips or tiles of a page against its size before anything is allocated for them,
 * and completes sizes that the file does not state.
 *
 * @throws AxialError `DamagedFileError` where they contradict each other
 */
export function checkBlocks(layout: StatedLayout): PageLayout {
  return layout.compression === COMPRESSION.none ? checkStored(layout) : checkCompressed(layout);
}
