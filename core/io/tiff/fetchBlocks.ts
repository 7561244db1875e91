import type { ByteSource } from '#core/io/ByteSource';
import type { PageLayout } from './PageLayout';
import { damagedTiff } from './tiffErrors';

/** Blocks that lie close together are read in one go, up to this many bytes. */
const GROUP_BYTES = 1 << 22;
const LARGEST_GAP = 1 << 14;

interface Group {
  readonly start: number;
  end: number;
  readonly indices: number[];
}

function groupBlocks(layout: PageLayout, indices: readonly number[]): Group[] {
  const groups: Group[] = [];
  for (const index of indices) {
    const offset = layout.offsets[index] ?? 0;
    const end = offset + (layout.byteCounts[index] ?? 0);
    if (offset === end) continue;
    const last = groups.at(-1);
    const gap = last ? offset - last.end : -1;
    if (last && gap >= 0 && gap <= LARGEST_GAP && end - last.start <= GROUP_BYTES) {
      last.end = end;
      last.indices.push(index);
    } else {
      groups.push({ start: offset, end, indices: [index] });
    }
  }
  return groups;
}

/**
 * Reads the stored bytes of blocks, in few reads. Tiles that the file leaves out are skipped.
 *
 * @throws AxialError `DamagedFileError` when one lies outside the file
 */
export async function* fetchBlocks(
  bytes: ByteSource,
  layout: PageLayout,
  indices: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<{ index: number; packed: Uint8Array<ArrayBuffer> }> {
  for (const group of groupBlocks(layout, indices)) {
    signal?.throwIfAborted();
    if (group.end > bytes.size) {
      throw damagedTiff('This TIFF ends inside the plane.', {
        offset: group.start,
        size: bytes.size,
      });
    }
    const read = await bytes.read(group.start, group.end - group.start, signal);
    if (read.length < group.end - group.start)
      throw damagedTiff('This TIFF ends inside the plane.');
    for (const index of group.indices) {
      const at = (layout.offsets[index] ?? 0) - group.start;
      yield { index, packed: read.subarray(at, at + (layout.byteCounts[index] ?? 0)) };
    }
  }
}
