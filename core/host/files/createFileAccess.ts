import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { FileAccess } from '#core/command/CommandContext';
import { commitOrAbort } from './commitOrAbort';
import { fileAccessError } from './fileAccessError';
import { fileByteSink } from './fileByteSink';
import { openPath } from './openPath';
import { listImageFiles } from './listImageFiles';
import { saveStack } from './saveStack';

/** Files of this machine, as commands use them. */
export function createFileAccess(): FileAccess {
  const access: FileAccess = {
    open: (path, options) => readable(path, () => openPath(path, options)),
    save: (stack, path, options) => saveStack(stack, path, access, options),
    async saveText(path, text) {
      const sink = await fileByteSink(resolve(path));
      await commitOrAbort(sink, () => sink.write(0, new TextEncoder().encode(text)));
    },
    async locate(path, beside) {
      if (await exists(path)) return path;
      const moved = join(dirname(resolve(beside)), basename(path));
      return (await exists(moved)) ? moved : path;
    },
    readText: (path) => readable(path, () => readFile(path, 'utf8')),
    checksum: (path, signal, onProgress) =>
      readable(path, () => checksum(path, signal, onProgress)),
  };
  return access;
}

async function checksum(
  path: string,
  signal?: AbortSignal,
  onProgress?: (fraction: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const files = await listImageFiles(path);
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  for (const file of files) {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted();
      const bytes = chunk as Uint8Array;
      hash.update(bytes);
      done += bytes.length;
      onProgress?.(Math.min(1, done / total));
    }
  }
  return hash.digest('hex');
}

async function exists(path: string): Promise<boolean> {
  return listImageFiles(path).then(
    () => true,
    () => false,
  );
}

/** Turns the file system's own errors into ones that say what to do. */
async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileAccessError('read', path, error);
  }
}
