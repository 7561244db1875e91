import { HOST_LITTLE_ENDIAN } from './swapBytes';

/**
 * Undoes horizontal differencing (predictor 2, TIFF 6.0 section 14), in place: each sample was
 * stored as the difference to the same sample of the pixel before.
 *
 * @param bytes whole rows in the byte order of this machine
 * @param rowSamples samples of one row
 * @param stride samples of one pixel
 * @param size bytes of one sample
 */
export function undoDifferences(
  bytes: Uint8Array<ArrayBuffer>,
  rowSamples: number,
  stride: number,
  size: number,
): void {
  const samples = integerView(bytes, size);
  if (samples instanceof BigUint64Array) {
    for (let row = 0; row + rowSamples <= samples.length; row += rowSamples) {
      for (let i = row + stride; i < row + rowSamples; i++) {
        samples[i] = (samples[i] ?? 0n) + (samples[i - stride] ?? 0n);
      }
    }
    return;
  }
  for (let row = 0; row + rowSamples <= samples.length; row += rowSamples) {
    for (let i = row + stride; i < row + rowSamples; i++) {
      samples[i] = (samples[i] ?? 0) + (samples[i - stride] ?? 0);
    }
  }
}

function integerView(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Uint8Array | Uint16Array | Uint32Array | BigUint64Array {
  const count = Math.floor(bytes.length / size);
  switch (size) {
    case 1:
      return bytes;
    case 2:
      return new Uint16Array(bytes.buffer, bytes.byteOffset, count);
    case 4:
      return new Uint32Array(bytes.buffer, bytes.byteOffset, count);
    default:
      return new BigUint64Array(bytes.buffer, bytes.byteOffset, count);
  }
}

/**
 * Undoes floating-point differencing (predictor 3, Adobe Photoshop TIFF technical note 3, 2005), in
 * place: rows were split into planes of bytes, most significant first, and differenced as bytes.
 * Leaves samples in the byte order of this machine, whatever that of the file.
 *
 * @param bytes whole rows
 * @param rowSamples samples of one row
 * @param stride samples of one pixel
 * @param size bytes of one sample
 */
export function undoFloatDifferences(
  bytes: Uint8Array<ArrayBuffer>,
  rowSamples: number,
  stride: number,
  size: number,
): void {
  const rowBytes = rowSamples * size;
  const row = new Uint8Array(rowBytes);
  for (let start = 0; start + rowBytes <= bytes.length; start += rowBytes) {
    row.set(bytes.subarray(start, start + rowBytes));
    for (let i = stride; i < rowBytes; i++) row[i] = (row[i] ?? 0) + (row[i - stride] ?? 0);
    for (let byte = 0; byte < size; byte++) {
      const target = start + (HOST_LITTLE_ENDIAN ? size - 1 - byte : byte);
      for (let i = 0; i < rowSamples; i++)
        bytes[target + i * size] = row[byte * rowSamples + i] ?? 0;
    }
  }
}
