import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FileAccess } from '#core/command/CommandContext';
import { isAxialError, AxialError } from '#core/util/errors';
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
      try {
        await sink.write(0, new TextEncoder().encode(text));
        await sink.commit();
      } catch (error) {
        await sink.abort();
        throw error;
      }
    },
    readText: (path) => readable(path, () => readFile(path, 'utf8')),
    checksum: (path, signal) => readable(path, () => checksum(path, signal)),
  };
  return access;
}

async function checksum(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await listImageFiles(path)) {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted();
      hash.update(chunk as Uint8Array);
    }
  }
  return hash.digest('hex');
}

/** Turns the file system's own errors into ones that say what to do. */
async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAxialError(error) || !isSystemError(error)) throw error;
    throw new AxialError('FileAccessError', accessMessage(path, error.code), accessRemedy(error.code), {
      cause: error,
      details: { path },
    });
  }
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function accessMessage(path: string, code: string): string {
  switch (code) {
    case 'ENOENT':
      return `There is no file ${path}.`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read.`;
    case 'EISDIR':
      return `${path} is a folder.`;
    default:
      return `${path} cannot be read (${code}).`;
  }
}

function accessRemedy(code: string): string {
  return code === 'ENOENT' ? 'Check the name and the folder.' : 'Check the permissions of the file.';
}
