import type { PageLayout } from './PageLayout';
import type { TiffFile } from './TiffFile';
import { COMPRESSION } from './tiffTags';

/**
 * Bytes from one plane to the next when planes lie one after the other behind the first page's
 * single strip; `null` where the file is not laid out so.
 *
 * @param planes how many planes the description promises
 */
export function contiguousBytes(file: TiffFile, layout: PageLayout, planes: number): number | null {
  const { compression, tiled, offsets, byteCounts } = layout;
  if (compression !== COMPRESSION.none || tiled || offsets.length !== 1) return null;
  const first = offsets[0] ?? 0;
  const stride = byteCounts[0] ?? 0;
  // A second page whose directory or pixels lie among the planes speaks against it.
  const second = file.chain.offsets[1];
  if (second !== undefined && second > first && second < first + planes * stride) return null;
  return stride;
}
