/** The sample types that Axial works in. Everything else is converted on reading, and the fact is noted. */
export type PixelType = 'uint8' | 'uint16' | 'float32';

/** Samples of one plane or region, row-major (y, x). */
export type PixelArray =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Bytes that one sample of `pixelType` takes. */
export function bytesPerSample(pixelType: PixelType): 1 | 2 | 4 {
  switch (pixelType) {
    case 'uint8':
      return 1;
    case 'uint16':
      return 2;
    case 'float32':
      return 4;
  }
}

/** A zeroed array of `length` samples of `pixelType`. */
export function allocatePixels(pixelType: PixelType, length: number): PixelArray {
  switch (pixelType) {
    case 'uint8':
      return new Uint8Array(length);
    case 'uint16':
      return new Uint16Array(length);
    case 'float32':
      return new Float32Array(length);
  }
}

/** The pixel type that `pixels` holds. */
export function pixelTypeOf(pixels: PixelArray): PixelType {
  if (pixels instanceof Uint8Array) return 'uint8';
  if (pixels instanceof Uint16Array) return 'uint16';
  return 'float32';
}
