import { allocatePixels, type PixelArray, type PixelType } from './PixelType';

/**
 * Samples in another pixel type, without scaling: integers are rounded (halves up) and clamped to
 * the range of the type, NaN becomes 0.
 */
export function toPixelType(samples: Float32Array<ArrayBuffer>, pixelType: PixelType): PixelArray {
  if (pixelType === 'float32') return samples;
  const largest = pixelType === 'uint8' ? 255 : 65535;
  const converted = allocatePixels(pixelType, samples.length);
  for (let i = 0; i < samples.length; i++) {
    const rounded = Math.floor(samples[i] + 0.5);
    converted[i] = rounded > 0 ? Math.min(rounded, largest) : 0;
  }
  return converted;
}
