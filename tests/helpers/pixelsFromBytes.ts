import type { PixelArray } from '#core/image/PixelType';

/** Little-endian samples of 8 or 16 bits without sign, or of 32-bit floats. */
export function pixelsFromBytes(bytes: Uint8Array, bits: number): PixelArray {
  const { buffer } = Uint8Array.from(bytes);
  if (bits === 8) return new Uint8Array(buffer);
  return bits === 16 ? new Uint16Array(buffer) : new Float32Array(buffer);
}
