import { inflateRawSync } from 'node:zlib';
import { AxialError } from '#core/util/errors';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** Where the bytes of a file lie in an archive. */
interface ZipEntry {
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * The files of a ZIP archive, unpacked when they are asked for: stored or deflated, below 4 GB, not
 * encrypted.
 *
 * @returns for each file, by its path with forward slashes, what unpacks it
 * @throws AxialError DamagedFileError when it is none or cut off; what unpacks throws it too
 * @see PKWARE, .ZIP File Format Specification 6.3.10, 2022
 */
export function readZip(archive: Buffer): ReadonlyMap<string, () => Buffer> {
  try {
    const entries = readDirectory(archive);
    return new Map([...entries].map(([path, entry]) => [path, () => unpack(archive, entry)]));
  } catch (cause) {
    throw damaged('It is no ZIP archive, or cut off.', cause);
  }
}

function readDirectory(archive: Buffer): Map<string, ZipEntry> {
  const from = Math.max(0, archive.length - END_BYTES - LONGEST_COMMENT);
  let end = archive.length - END_BYTES;
  while (end >= from && archive.readUInt32LE(end) !== END) end -= 1;
  if (end < from) throw new RangeError('no end record');
  const entries = new Map<string, ZipEntry>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
    const nameBytes = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    entries.set(path, {
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      bytes: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

const STORED = 0;
const DEFLATED = 8;

function unpack(archive: Buffer, { method, packedBytes, bytes, offset }: ZipEntry): Buffer {
  try {
    if (archive.readUInt32LE(offset) !== LOCAL) throw new RangeError('no local header');
    const nameBytes = archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const start = offset + 30 + nameBytes;
    const packed = archive.subarray(start, start + packedBytes);
    if (method !== STORED && method !== DEFLATED) throw new RangeError(`method ${method}`);
    const whole = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: bytes });
    if (whole.length !== bytes) throw new RangeError('too short');
    return whole;
  } catch (cause) {
    throw damaged('A file in it cannot be unpacked.', cause);
  }
}

function damaged(message: string, cause: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The archive is damaged. ${message}`,
    'Fetch it again; archives that are encrypted or larger than 4 GB have to be unpacked first.',
    { cause },
  );
}
