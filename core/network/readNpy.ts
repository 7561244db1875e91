import { AxialError } from '#core/util/errors';
import type { Tensor } from './Weights';
import { elementCount } from './Weights';

/**
 * Reads a NumPy .npy file (format 1 to 3) of little-endian float32 in C order.
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
  if (type !== '<f4' || order !== 'False') {
    throw new AxialError(
      'UnsupportedFileError',
      `A test array has the number type ${type}${order === 'True' ? ' in Fortran order' : ''}.`,
      'Save test arrays as little-endian float32 in C order.',
    );
  }
  const shape = lengths
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  const count = elementCount(shape);
  if (!Number.isSafeInteger(count) || bytes.length - start !== count * 4) {
    throw damaged('Its length does not fit its shape.');
  }
  return { shape, data: new Float32Array(new Uint8Array(bytes.subarray(start)).buffer) };
}

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
