import { closeSync, fstatSync, openSync, read as readCallback, readSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { ByteSource } from '#core/io/ByteSource';
import { AxialError } from '#core/util/errors';

const readFile = promisify(readCallback);

/**
 * Reads up to this size are made at once: handing them to a thread takes twenty times longer than the
 * read, and a chain of 100 000 directories is 100 000 of them.
 */
const SMALL_READ = 1 << 16;
/** After so many small reads in a row one goes through a thread, so that timers and messages get their turn. */
const SMALL_READS_IN_A_ROW = 512;

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'you have no permission to read it'],
  ['EPERM', 'you have no permission to read it'],
  ['EISDIR', 'it is a folder'],
  ['EMFILE', 'too many files are open'],
]);

function accessError(path: string, cause: unknown): AxialError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = REASONS.get(code) ?? (cause instanceof Error ? cause.message : String(cause));
  return new AxialError(
    'FileAccessError',
    `"${path}" cannot be read: ${reason}.`,
    'Check the path and that you may read the file.',
    { details: { path, code }, cause },
  );
}

function open(path: string): { descriptor: number; size: number } {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const status = fstatSync(descriptor);
    if (status.isFile()) return { descriptor, size: status.size };
    throw Object.assign(new Error('not a file'), { code: status.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
  } catch (cause) {
    if (descriptor !== null) closeSync(descriptor);
    throw accessError(path, cause);
  }
}

/**
 * A source over a file on disk, read by position; nothing is read ahead or kept.
 *
 * @param path path of the file
 * @throws AxialError `FileAccessError` when it cannot be opened or read
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
        throw accessError(path, cause);
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
