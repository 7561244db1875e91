import type { SampleKind } from './sampleKind';

/** How the samples of one page are stored. Blocks are strips or tiles, left to right, then down, then by sample when planar. */
export interface PageLayout {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  readonly kind: SampleKind;
  readonly bytesPerSample: number;
  readonly littleEndian: boolean;
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  /** FillOrder 2: the bits of each stored byte run backwards. */
  readonly reverseBits: boolean;
  readonly jpegTables: Uint8Array<ArrayBuffer> | null;
  /** Each sample has blocks of its own; otherwise the samples of a pixel stand side by side. */
  readonly planar: boolean;
  readonly tiled: boolean;
  /** Pixels of a block; the last strip may have fewer rows, tiles are always full. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly offsets: Float64Array;
  readonly byteCounts: Float64Array;
  /** Offsets of the directories of its smaller copies. */
  readonly subIfds: Float64Array;
}

/** Blocks across and down one sample plane. */
export function blockGrid(layout: PageLayout): { across: number; down: number } {
  return {
    across: Math.ceil(layout.width / layout.blockWidth),
    down: Math.ceil(layout.height / layout.blockHeight),
  };
}

/** Rows that block number `index` holds: all, except in the last strip. */
export function blockRows(layout: PageLayout, index: number): number {
  if (layout.tiled) return layout.blockHeight;
  const row = (index % blockGrid(layout).down) * layout.blockHeight;
  return Math.min(layout.blockHeight, layout.height - row);
}

/** Bytes of one row of a block, decoded. */
export function blockRowBytes(layout: PageLayout): number {
  return layout.blockWidth * (layout.planar ? 1 : layout.samplesPerPixel) * layout.bytesPerSample;
}

/** The first byte after everything that the page stores. */
export function pageEnd(layout: PageLayout): number {
  let end = 0;
  for (let i = 0; i < layout.offsets.length; i++) {
    end = Math.max(end, (layout.offsets[i] ?? 0) + (layout.byteCounts[i] ?? 0));
  }
  return end;
}
