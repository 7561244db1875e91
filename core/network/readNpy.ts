import { AxialError } from '#core/util/errors';
import type { Tensor } from './Weights';
import { elementCount } from './Weights';

/**
 * Reads a NumPy .npy file (format 1 to 3) of real numbers in C order, little-endian, as float32.
 *
 * @throws AxialError DamagedFileError when the file is cut off or no such file, UnsupportedFileError for
 *   another number type or order
 */
export function readNpy(bytes: Uint8Array): Tensor {
  const { text, start } = readHeader(bytes);
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const lengths = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || lengths === undefined) {
    throw damaged('Its header does not describe an array.');
  }
  const numbers = NUMBER_TYPES.get(type);
  if (!numbers || order !== 'False') {
    throw new AxialError(
      'UnsupportedFileError',
      `A test array has the number type ${type}${order === 'True' ? ' in Fortran order' : ''}.`,
      'Save test arrays as little-endian real numbers in C order.',
    );
  }
  const shape = lengths
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  const count = elementCount(shape);
  const size = Number(type.slice(2));
  if (!Number.isSafeInteger(count) || bytes.length - start !== count * size) {
    throw damaged('Its length does not fit its shape.');
  }
  return { shape, data: numbers(new Uint8Array(bytes.subarray(start)).buffer) };
}

type Numbers = (buffer: ArrayBuffer) => Float32Array<ArrayBuffer>;

/** How the samples of each number type that numpy names are read. */
const NUMBER_TYPES = new Map<string, Numbers>([
  ['<f4', (buffer) => new Float32Array(buffer)],
  ['<f8', (buffer) => new Float32Array(new Float64Array(buffer))],
  ['|b1', (buffer) => new Float32Array(new Uint8Array(buffer))],
  ['|u1', (buffer) => new Float32Array(new Uint8Array(buffer))],
  ['|i1', (buffer) => new Float32Array(new Int8Array(buffer))],
  ['<u2', (buffer) => new Float32Array(new Uint16Array(buffer))],
  ['<i2', (buffer) => new Float32Array(new Int16Array(buffer))],
  ['<u4', (buffer) => new Float32Array(new Uint32Array(buffer))],
  ['<i4', (buffer) => new Float32Array(new Int32Array(buffer))],
  ['<u8', (buffer) => Float32Array.from(new BigUint64Array(buffer), Number)],
  ['<i8', (buffer) => Float32Array.from(new BigInt64Array(buffer), Number)],
]);

function readHeader(bytes: Uint8Array): { text: string; start: number } {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 12 || magic.some((byte, index) => bytes[index] !== byte)) {
    throw damaged('It is no .npy file.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const longHeader = (bytes[6] ?? 0) >= 2;
  const offset = longHeader ? 12 : 10;
  const start = offset + (longHeader ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) throw damaged('It ends inside its header.');
  return { text: new TextDecoder('latin1').decode(bytes.subarray(offset, start)), start };
}

function damaged(message: string): AxialError {
  return new AxialError(
    'DamagedFileError',
    `A test array of the model is damaged. ${message}`,
    'Fetch the model again.',
  );
}
