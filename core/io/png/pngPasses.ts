import { bytesPerSample } from '#core/image/PixelType';
import type { PngHeader } from './PngHeader';

/** The pixels of one pass: where the first one stands, how far apart they are, and how many there are. */
export interface PngPass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

/** Adam7 (PNG specification, third edition, 8.1): first column and row, then their steps. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes in which the rows of an image stand: one, or those of Adam7 that have pixels. */
export function pngPasses({ width, height, interlaced }: PngHeader): PngPass[] {
  if (!interlaced) return [{ x: 0, y: 0, stepX: 1, stepY: 1, width, height }];
  return ADAM7.map(([x, y, stepX, stepY]) => ({
    x,
    y,
    stepX,
    stepY,
    width: Math.ceil((width - x) / stepX),
    height: Math.ceil((height - y) / stepY),
  })).filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Bytes of the rows of all passes, with the filter byte that begins each. */
export function unpackedLength(header: PngHeader): number {
  const pixelBytes = header.channels * bytesPerSample(header.pixelType);
  return pngPasses(header).reduce(
    (sum, { width, height }) => sum + height * (1 + width * pixelBytes),
    0,
  );
}
