import type { OpenOptions } from '#core/io/OpenOptions';
import { AxialError } from '#core/util/errors';
import type { TiffFile } from './TiffFile';
import { openTiffFile } from './TiffFile';

/** Files of a set that are open at once; systems allow about a thousand. */
const MOST_OPEN = 16;

/** The files of a set: the one that was opened, and its siblings, opened when they are needed. */
export interface FileSet {
  /** File `number` of the plan; 0 is the first. */
  file(number: number, signal?: AbortSignal): Promise<TiffFile>;
  /** Closes all of them. */
  close(): Promise<void>;
}

function missingSibling(name: string): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The file "${name}", which holds some of the planes, is missing.`,
    'Put all files of the set into one folder, or ask for the readable part.',
    { details: { fileName: name } },
  );
}

/** Opens the members of a set lazily, at most a few at a time. */
export function fileSet(
  own: TiffFile,
  names: readonly string[],
  resolve: OpenOptions['resolveSibling'],
): FileSet {
  const open = new Map<number, Promise<TiffFile>>();

  async function openSibling(number: number, signal?: AbortSignal): Promise<TiffFile> {
    const name = names[number - 1] ?? '';
    const bytes = (await resolve?.(name)) ?? null;
    if (!bytes) throw missingSibling(name);
    try {
      return await openTiffFile(bytes, signal);
    } catch (error) {
      await bytes.close();
      throw error;
    }
  }
  async function closeFile(opening: Promise<TiffFile>): Promise<void> {
    const file = await opening.catch(() => null);
    await file?.bytes.close();
  }
  async function closeOldest(): Promise<void> {
    for (const [number, opening] of open) {
      open.delete(number);
      await closeFile(opening);
      return;
    }
  }
  return {
    async file(number, signal) {
      if (number === 0) return own;
      const known = open.get(number);
      if (known) return known;
      if (open.size >= MOST_OPEN) await closeOldest();
      const opening = openSibling(number, signal);
      open.set(number, opening);
      opening.catch(() => open.delete(number));
      return opening;
    },
    async close() {
      for (const opening of open.values()) await closeFile(opening);
      open.clear();
      await own.bytes.close();
    },
  };
}

/** Names of siblings that cannot be found. */
export async function missingSiblings(
  names: readonly string[],
  resolve: OpenOptions['resolveSibling'],
): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names) {
    const bytes = (await resolve?.(name)) ?? null;
    if (bytes) await bytes.close();
    else missing.push(name);
  }
  return missing;
}

/** The failure that a set with missing members ends in. */
export function siblingsMissing(missing: readonly string[]): AxialError {
  const first = missing[0] ?? '';
  if (missing.length === 1) return missingSibling(first);
  return new AxialError(
    'DamagedFileError',
    `${missing.length} files that hold some of the planes are missing, the first of them "${first}".`,
    'Put all files of the set into one folder, or ask for the readable part.',
    { details: { fileName: first, missing: missing.length } },
  );
}
