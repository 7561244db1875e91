import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ByteSink } from '#core/io/ByteSink';
import { AxialError } from '#core/util/errors';
import { fileAccessError, systemErrorCode } from './fileAccessError';
import { partialPath, removeStalePartials } from './partialFile';

const PERMISSION_BITS = 0o777;

async function unlessMissing<T>(result: Promise<T>): Promise<T | null> {
  try {
    return await result;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The file itself where `path` is a link to one: replacing the link would orphan what it points to. */
async function followLink(path: string): Promise<string> {
  return (await unlessMissing(realpath(path))) ?? resolve(path);
}

/** Permissions of the file that will be replaced; `null` when there is none. */
async function modeOf(path: string): Promise<number | null> {
  const info = await unlessMissing(stat(path));
  if (!info) return null;
  if (info.isFile()) return info.mode & PERMISSION_BITS;
  throw new AxialError(
    'FileAccessError',
    `Cannot write ${path}: it is ${info.isDirectory() ? 'a folder' : 'no ordinary file'}.`,
    'Name a file.',
    { details: { path } },
  );
}

/** Makes the new name itself survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and keeps names safe without it.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAll(
  handle: FileHandle,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, offset + written);
    written += result.bytesWritten;
  }
}

async function openPartial(path: string): Promise<{ handle: FileHandle; partial: string }> {
  const mode = await modeOf(path);
  await removeStalePartials(path);
  const partial = partialPath(path);
  const handle = await open(partial, 'wx', mode ?? 0o666);
  // The process's mask may have taken away what the old file allowed.
  if (mode !== null) await handle.chmod(mode).catch(() => undefined);
  return { handle, partial };
}

/**
 * So many bytes may wait for the disk. Flushing cannot be interrupted: a whole file at the end would
 * keep the user waiting for long, at the end as well as when he cancels.
 */
const UNFLUSHED_BYTES = 2 ** 25;

/** Writes to `handle`, and starts to flush now and then while later bytes are still being made. */
function flushingWriter(
  handle: FileHandle,
  signal?: AbortSignal,
): (offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void> {
  let unflushed = 0;
  let flushing = Promise.resolve();
  return async (offset, bytes) => {
    await writeAll(handle, offset, bytes);
    unflushed += bytes.length;
    if (unflushed < UNFLUSHED_BYTES) return;
    unflushed = 0;
    await flushing;
    signal?.throwIfAborted();
    flushing = handle.datasync();
    // A failure is thrown at the next flush, or by `commit`.
    flushing.catch(() => undefined);
  };
}

/**
 * A sink that replaces the file at `path` when it is complete. Bytes go to a hidden name in the same
 * folder, which `commit` flushes to the disk and renames; until then, and after `abort` or a crash,
 * the old file stands as it was. What dead processes left behind for the same name is removed.
 *
 * @param signal once it is aborted, `write` and `commit` may throw its reason; the old file stays
 * @throws AxialError `FileAccessError` when the system refuses, from here and from each method
 */
export async function fileByteSink(path: string, signal?: AbortSignal): Promise<ByteSink> {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fileAccessError('write', path, error);
    }
  };
  const { target, handle, partial } = await guarded(async () => {
    const followed = await followLink(path);
    return { target: followed, ...(await openPartial(followed)) };
  });
  const write = flushingWriter(handle, signal);
  let isOpen = true;
  const discard = async (): Promise<void> => {
    if (isOpen) await handle.close().catch(() => undefined);
    isOpen = false;
    await rm(partial, { force: true });
  };
  return {
    write: (offset, bytes) => guarded(() => write(offset, bytes)),
    commit: () =>
      guarded(async () => {
        try {
          await handle.sync();
          signal?.throwIfAborted();
          await handle.close();
          isOpen = false;
          await rename(partial, target);
        } catch (error) {
          await discard().catch(() => undefined);
          throw error;
        }
        await syncFolder(dirname(target));
      }),
    abort: () => guarded(discard),
  };
}
