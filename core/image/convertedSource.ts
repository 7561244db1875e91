import type { PixelArray } from './PixelType';
import type { PlaneSource } from './PlaneSource';

/** A source whose planes are those of `source`, each passed through a function that makes new samples of them. */
export function convertedSource(
  source: PlaneSource,
  convert: (pixels: PixelArray) => PixelArray,
): PlaneSource {
  return {
    levels: source.levels,
    read: async (index, options) => convert(await source.read(index, { ...options, lend: true })),
    close: () => source.close(),
  };
}
