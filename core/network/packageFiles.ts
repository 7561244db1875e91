import { parse } from 'yaml';
import { AxialError } from '#core/util/errors';
import { isSealBroken } from './descriptionSeal';
import { sha256Hex } from './sha256Hex';

const AGAIN = 'Fetch or install the model again.';
const CHANGED = `${AGAIN} Who changed it on purpose takes its first line away.`;

/** Reads one file of a package by its path inside it; throws when there is none. */
export type ReadPackageFile = (path: string) => Promise<Uint8Array>;

/**
 * Reads a file of a package and compares its checksum, where one is stated.
 *
 * @throws AxialError DamagedFileError when it was changed, and what `read` throws
 */
export async function readChecked(
  read: ReadPackageFile,
  { source, sha256 }: { readonly source: string; readonly sha256?: string | null | undefined },
): Promise<Uint8Array> {
  const bytes = await read(source);
  if (sha256 && (await sha256Hex(bytes)) !== sha256.toLowerCase()) {
    throw damagedPackage(`The file ${source} was changed: its checksum is another.`);
  }
  return bytes;
}

/**
 * The description of a package as it stands, whatever it states.
 *
 * @param path its file, usually rdf.yaml
 * @throws AxialError DamagedFileError when it is no YAML text or was changed, and what `read` throws
 */
export async function readDescription(read: ReadPackageFile, path: string): Promise<unknown> {
  const text = new TextDecoder('utf-8').decode(await read(path));
  if (await isSealBroken(text)) {
    throw damagedPackage(`The file ${path} was changed or cut off.`, { remedy: CHANGED });
  }
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw damagedPackage(`The file ${path} is no YAML text.`, { cause });
  }
}

/** The failure for a package with a file that is not what it should be; `message` is a sentence. */
export function damagedPackage(
  message: string,
  { cause, remedy = AGAIN }: { readonly cause?: unknown; readonly remedy?: string } = {},
): AxialError {
  return new AxialError('DamagedFileError', `The model package is damaged. ${message}`, remedy, {
    cause,
  });
}
