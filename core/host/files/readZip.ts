import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js';
import { AxialError } from '#core/util/errors';

configure({ useWebWorkers: false });

/**
 * The files of a ZIP archive, unpacked when they are asked for; their checksums are compared.
 *
 * @returns for each file, by its path with forward slashes, what unpacks it
 * @throws AxialError DamagedFileError when it is none, cut off or encrypted; what unpacks throws it too
 */
export async function readZip(
  archive: Buffer<ArrayBuffer>,
): Promise<ReadonlyMap<string, () => Promise<Buffer>>> {
  try {
    const entries = await new ZipReader(new Uint8ArrayReader(archive)).getEntries();
    const files = entries.filter((entry): entry is FileEntry => !entry.directory);
    return new Map(files.map((entry) => [entry.filename, () => unpack(entry)]));
  } catch (cause) {
    throw damaged('It is no ZIP archive, or cut off.', cause);
  }
}

async function unpack(entry: FileEntry): Promise<Buffer> {
  try {
    return Buffer.from(await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }));
  } catch (cause) {
    throw damaged('A file in it cannot be unpacked.', cause);
  }
}

function damaged(message: string, cause: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The archive is damaged. ${message}`,
    'Fetch it again; an encrypted archive has to be unpacked first.',
    { cause },
  );
}
