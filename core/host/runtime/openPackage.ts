import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import type { ReadPackageFile } from '#core/network/packageFiles';
import { AxialError } from '#core/util/errors';

/** What a description is called, the usual name first. */
export const DESCRIPTIONS = ['rdf.yaml', 'bioimageio.yaml'] as const;

/** A model package, wherever it lies. */
export interface OpenedPackage {
  /** Reads a file by its path inside the package; a path that leads out of it is refused. */
  readonly read: ReadPackageFile;
  /** Path of its description. */
  readonly description: string;
}

/**
 * Opens a package: one that is installed, by the name of its folder, or any other by the path of its
 * folder, of its description, or of a .zip.
 *
 * @param folder where packages are installed
 * @throws AxialError ImpossibleRequestError when there is none, DamagedFileError for a damaged archive
 */
export async function openPackage(folder: string, name: string): Promise<OpenedPackage> {
  const installed = join(folder, name);
  if (basename(name) === name && name !== '' && isFolder(installed)) {
    return inFolder(name, installed);
  }
  if (isFolder(name)) return inFolder(name, name);
  if (!existsSync(name)) throw noSuchModel(name);
  if (/\.ya?ml$/i.test(name)) {
    return { read: folderReader(name, dirname(name)), description: basename(name) };
  }
  return inArchive(name, await readFile(name));
}

function inFolder(name: string, path: string): OpenedPackage {
  const description = DESCRIPTIONS.find((file) => existsSync(join(path, file)));
  if (!description) throw noSuchModel(name);
  return { read: folderReader(name, path), description };
}

async function inArchive(name: string, archive: Buffer<ArrayBuffer>): Promise<OpenedPackage> {
  // Loaded when an archive comes: everything else starts without it.
  const { readZip } = await import('#core/host/files/readZip');
  const files = await readZip(archive);
  const description = [...files.keys()]
    .filter((path) => DESCRIPTIONS.some((file) => basename(path) === file))
    .sort((a, b) => a.length - b.length)[0];
  if (description === undefined) throw noSuchModel(name);
  const top = posix.dirname(description);
  return {
    description: posix.basename(description),
    read: (path) => {
      const unpack = files.get(posix.join(top, insidePath(name, path)));
      return unpack ? unpack() : Promise.reject(missingFile(name, path));
    },
  };
}

function folderReader(name: string, folder: string): ReadPackageFile {
  return async (path) => {
    const inside = insidePath(name, path);
    return readFile(join(folder, inside)).catch((cause: unknown) => {
      throw missingFile(name, path, cause);
    });
  };
}

/** The path with the points in it resolved. */
function insidePath(name: string, path: string): string {
  if (/^https?:/.test(path)) {
    throw new AxialError(
      'UnsupportedFileError',
      `The model ${name} keeps a part of itself on the network: ${path}.`,
      'Download the whole model as a .zip, and use that.',
    );
  }
  const inside = posix.normalize(path.replaceAll('\\', '/'));
  if (!inside.startsWith('../') && !posix.isAbsolute(inside) && !/^[a-z]:/i.test(inside))
    return inside;
  throw new AxialError(
    'DamagedFileError',
    `The model ${name} names the file ${path}, which is not inside it.`,
    'Fetch or install the model again.',
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function noSuchModel(name: string): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `There is no model called "${name}", and no package (a folder with an rdf.yaml, or a .zip) in that place.`,
    'Choose one from Reconstruct > Models, or with: axial models list',
  );
}

function missingFile(name: string, path: string, cause?: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The model ${name} lacks the file ${path}.`,
    'Fetch or install the model again.',
    { cause },
  );
}
