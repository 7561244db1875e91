import { lineRoom, simdWorkspace } from '#core/util/simd/simdWorkspace';
import type { ImageFilter } from './gaussianFilter';

/** Width of a binomial filter: 2 for the taps 1 2 1, 6 for 1 6 15 20 15 6 1. */
export type BinomialOrder = 2 | 6;

/** Lines of scratch memory that the kernel `binomial` needs at most. */
export const BINOMIAL_LINES = 9;

/**
 * A binomial filter along rows and columns: a Gaussian of variance order / 4 square pixels that costs
 * few operations. Borders are mirrored without repeating the edge.
 *
 * @param width number of columns
 * @param height number of rows
 * @param order 2 for a standard deviation of 0.71 pixels, 6 for 1.22
 */
export function binomialFilter(width: number, height: number, order: BinomialOrder): ImageFilter {
  const { kernels, arrays } = simdWorkspace({
    image: ['float32', width * height],
    lines: ['float32', BINOMIAL_LINES * lineRoom(width)],
  });
  const { image, lines } = arrays;
  const radius = order === 2 ? 1 : 3;
  return (source, out) => {
    image.values.set(source);
    kernels.binomial(image.at, image.at, width, height, radius, lines.at);
    out.set(image.values);
  };
}
