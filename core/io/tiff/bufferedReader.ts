import type { ByteSource } from '#core/io/ByteSource';
import { damagedTiff } from './tiffErrors';

const SMALLEST_WINDOW = 1024;
const LARGEST_WINDOW = 1 << 20;

/** Reads structures of a file through one buffered window. */
export interface BufferedReader {
  readonly size: number;
  /** A view of exactly `length` bytes; `what` names them in the message when the file ends before. */
  view(offset: number, length: number, what: string, signal?: AbortSignal): Promise<DataView>;
}

/**
 * Buffers small reads over `bytes`. The window grows while reads go on side by side, so a chain of
 * directories that lie together costs few reads, and shrinks when they jump, so one whose
 * directories lie among the pixels does not read the pixels.
 */
export function bufferedReader(bytes: ByteSource): BufferedReader {
  let start = 0;
  let buffer = new Uint8Array(0);
  let windowLength = SMALLEST_WINDOW;

  async function fill(offset: number, length: number, signal?: AbortSignal): Promise<void> {
    const goesOn = offset >= start && offset <= start + buffer.length;
    windowLength = goesOn ? Math.min(windowLength * 2, LARGEST_WINDOW) : SMALLEST_WINDOW;
    const wanted = Math.min(Math.max(length, windowLength), bytes.size - offset);
    const read = await bytes.read(offset, wanted, signal);
    start = offset;
    buffer = read;
  }

  return {
    size: bytes.size,
    async view(offset, length, what, signal) {
      if (!(offset >= 0) || length < 0 || offset + length > bytes.size) {
        throw damagedTiff(`This TIFF ends before its ${what}.`, {
          offset,
          length,
          size: bytes.size,
        });
      }
      if (offset < start || offset + length > start + buffer.length) {
        await fill(offset, length, signal);
      }
      const at = offset - start;
      if (at < 0 || at + length > buffer.length) {
        throw damagedTiff(`This TIFF ends before its ${what}.`, {
          offset,
          length,
          size: bytes.size,
        });
      }
      return new DataView(buffer.buffer, buffer.byteOffset + at, length);
    },
  };
}
