import type { PixelArray } from './PixelType';
import type { PlaneSource } from './PlaneSource';

/** A source whose planes are those of `source`, each passed through a function of single samples. */
export function convertedSource(
  source: PlaneSource,
  convert: (pixels: PixelArray) => PixelArray,
): PlaneSource {
  return {
    levels: source.levels,
    read: async (index, options) => convert(await source.read(index, options)),
    close: () => source.close(),
  };
}
