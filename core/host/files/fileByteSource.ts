import { closeSync, fstatSync, openSync, read as readCallback, readSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { ByteSource } from '#core/io/ByteSource';
import { fileAccessError } from './fileAccessError';

const readFile = promisify(readCallback);

/**
 * Reads up to this size are made at once: handing them to a thread takes twenty times longer than the
 * read, and a chain of 100 000 directories is 100 000 of them.
 */
const SMALL_READ = 1 << 16;
/** After so many small reads in a row one goes through a thread, so that timers and messages get their turn. */
const SMALL_READS_IN_A_ROW = 512;

function open(path: string): { descriptor: number; size: number } {
  try {
    const descriptor = openSync(path, 'r');
    const status = fstatSync(descriptor);
    if (status.isFile()) return { descriptor, size: status.size };
    closeSync(descriptor);
    throw Object.assign(new Error(`"${path}" is no file.`), { code: 'EISDIR' });
  } catch (cause) {
    throw fileAccessError('read', path, cause);
  }
}

/**
 * A source over a file on disk, read by position; nothing is read ahead or kept.
 *
 * @param path path of the file
 * @throws AxialError `FileAccessError` when it cannot be opened or read; `details.code` is the system's
 */
export function fileByteSource(path: string): ByteSource {
  const { descriptor, size } = open(path);
  let smallReads = 0;
  let closed = false;

  async function readOnce(target: Uint8Array, offset: number): Promise<number> {
    const small = target.length <= SMALL_READ && smallReads++ < SMALL_READS_IN_A_ROW;
    if (small) return readSync(descriptor, target, 0, target.length, offset);
    smallReads = 0;
    const { bytesRead } = await readFile(descriptor, target, 0, target.length, offset);
    return bytesRead;
  }
  return {
    name: basename(path),
    size,
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      if (closed) throw new TypeError(`"${path}" was closed.`);
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      try {
        while (filled < bytes.length) {
          const count = await readOnce(bytes.subarray(filled), offset + filled);
          if (count === 0) break;
          filled += count;
        }
      } catch (cause) {
        throw fileAccessError('read', path, cause);
      }
      return filled === bytes.length ? bytes : bytes.slice(0, filled);
    },
    close: () => {
      if (!closed) closeSync(descriptor);
      closed = true;
      return Promise.resolve();
    },
  };
}
