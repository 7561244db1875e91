import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { systemErrorCode } from './fileAccessError';

const LONGEST_NAME_BYTES = 180;

/** Folders are shared between machines, and a process number means something on its own machine only. */
function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/** A name near the limit of the file system is cut, and told from others like it by a checksum. */
function shortName(path: string): string {
  const name = basename(path);
  const bytes = Buffer.from(name);
  if (bytes.length <= LONGEST_NAME_BYTES) return name;
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** A fresh hidden name beside `path`: `.name.<machine>-<process>-<random>.partial`. */
export function partialPath(path: string): string {
  const owner = `${hostMark()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  return join(dirname(path), `.${shortName(path)}.${owner}.partial`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH';
  }
}

/** Process number of the owner when `name` is a partial file for `path` from this machine. */
function ownerOf(name: string, path: string): number | null {
  const prefix = `.${shortName(path)}.${hostMark()}-`;
  if (!name.startsWith(prefix)) return null;
  const match = /^(\d+)-[0-9a-f]{8}\.partial$/u.exec(name.slice(prefix.length));
  return match ? Number(match[1]) : null;
}

/**
 * Removes what processes that no longer live left behind while saving to `path`. Where that is not
 * possible nothing happens: it must not keep anybody from saving.
 */
export async function removeStalePartials(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = ownerOf(name, path);
    if (owner !== null && !isAlive(owner)) {
      await rm(join(folder, name), { force: true }).catch(() => undefined);
    }
  }
}
