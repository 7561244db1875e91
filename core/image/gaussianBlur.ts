import type { Plane } from '#core/image/Plane';
import { simdWorkspace } from '#core/util/simd/simdWorkspace';

/** The kernel ends at this many standard deviations. */
const TRUNCATE = 4;
/** What a line of the kernel has beyond its samples and their continuation. */
const MORE_ROOM = 8;

/**
 * Gaussian blur of one plane. The kernel is cut at 4 standard deviations and sums to 1; beyond the
 * border the nearest pixel goes on. Equal to `scipy.ndimage.gaussian_filter(mode='nearest')`.
 * A value that is not finite spreads as far as the kernel reaches.
 *
 * @param sigmaPx standard deviation in pixels, above 0
 * @throws RangeError when sigma is not above 0
 */
export function gaussianBlur({ width, height, data }: Plane, sigmaPx: number): Plane {
  const rightHalf = gaussianTaps(sigmaPx);
  const radius = rightHalf.length - 1;
  const { kernels, arrays } = simdWorkspace({
    image: ['float32', data.length],
    taps: ['float64', rightHalf.length],
    lines: ['float64', (2 * radius + 3) * (width + 2 * radius + MORE_ROOM) + rightHalf.length],
  });
  const { image, taps, lines } = arrays;
  image.values.set(data);
  taps.values.set(rightHalf);
  kernels.blur(image.at, width, height, taps.at, radius, lines.at);
  return { width, height, data: image.values.slice() };
}

/** Right half of the kernel, centre first. */
function gaussianTaps(sigmaPx: number): Float64Array {
  if (!(sigmaPx > 0)) throw new RangeError(`A blur of ${sigmaPx} pixels is none.`);
  const radius = Math.floor(TRUNCATE * sigmaPx + 0.5);
  const taps = Float64Array.from({ length: radius + 1 }, (_, k) =>
    Math.exp((-0.5 * k * k) / (sigmaPx * sigmaPx)),
  );
  const total = taps.reduce((sum, tap, k) => sum + (k === 0 ? tap : 2 * tap), 0);
  return taps.map((tap) => tap / total);
}
