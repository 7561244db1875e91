import type { SampleKind } from './sampleKind';

/** Samples as numbers, one entry each. */
export type SampleArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** The value of a half-precision number (IEEE 754-2008 binary16); exact in float32. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let halfTable: Float32Array | null = null;

function halves(values: Uint16Array): Float32Array {
  halfTable ??= Float32Array.from({ length: 65536 }, (_, half) => halfToNumber(half));
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = halfTable[values[i] ?? 0] ?? 0;
  return out;
}

function bigIntegers(values: BigUint64Array | BigInt64Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = Number(values[i]);
  return out;
}

/**
 * Looks at bytes as samples of `kind`, without copying where the machine knows the type.
 *
 * @param bytes whole samples in the byte order of this machine; the first one aligned to its size
 */
export function sampleView(bytes: Uint8Array<ArrayBuffer>, kind: SampleKind): SampleArray {
  const { buffer, byteOffset, length } = bytes;
  switch (kind) {
    case 'uint8':
      return bytes;
    case 'int8':
      return new Int8Array(buffer, byteOffset, length);
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, length >> 1);
    case 'int16':
      return new Int16Array(buffer, byteOffset, length >> 1);
    case 'float16':
      return halves(new Uint16Array(buffer, byteOffset, length >> 1));
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, length >> 2);
    case 'int32':
      return new Int32Array(buffer, byteOffset, length >> 2);
    case 'float32':
      return new Float32Array(buffer, byteOffset, length >> 2);
    case 'uint64':
      return bigIntegers(new BigUint64Array(buffer, byteOffset, length >> 3));
    case 'int64':
      return bigIntegers(new BigInt64Array(buffer, byteOffset, length >> 3));
    case 'float64':
      return new Float64Array(buffer, byteOffset, length >> 3);
  }
}
