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

interface Window {
  readonly start: number;
  readonly buffer: Uint8Array<ArrayBuffer>;
}

function contains({ start, buffer }: Window, offset: number, length: number): boolean {
  return offset >= start && offset + length <= start + buffer.length;
}

function outside(what: string, offset: number, length: number, size: number): Error {
  return damagedTiff(`The ${what} of this TIFF lies outside the file.`, { offset, length, size });
}

/**
 * Buffers small reads over `bytes`. The window grows while reads go on side by side, so a chain of
 * directories that lie together costs few reads, and shrinks when they jump, so one whose
 * directories lie among the pixels does not read the pixels.
 */
export function bufferedReader(bytes: ByteSource): BufferedReader {
  let held: Window = { start: 0, buffer: new Uint8Array(0) };
  let windowLength = SMALLEST_WINDOW;

  async function fill(offset: number, length: number, signal?: AbortSignal): Promise<Window> {
    const goesOn = offset >= held.start && offset <= held.start + held.buffer.length;
    windowLength = goesOn ? Math.min(windowLength * 2, LARGEST_WINDOW) : SMALLEST_WINDOW;
    const wanted = Math.min(Math.max(length, windowLength), bytes.size - offset);
    const filled = { start: offset, buffer: await bytes.read(offset, wanted, signal) };
    held = filled;
    // Not `held`: another reading may have moved the window meanwhile.
    return filled;
  }

  return {
    size: bytes.size,
    async view(offset, length, what, signal) {
      if (!(offset >= 0) || length < 0 || offset + length > bytes.size) {
        throw outside(what, offset, length, bytes.size);
      }
      const { start, buffer } = contains(held, offset, length)
        ? held
        : await fill(offset, length, signal);
      if (offset - start + length > buffer.length) throw outside(what, offset, length, bytes.size);
      return new DataView(buffer.buffer, buffer.byteOffset + offset - start, length);
    },
  };
}
