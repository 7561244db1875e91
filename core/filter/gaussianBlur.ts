import type { Plane } from '#core/image/Plane';

/** The kernel ends at this many standard deviations. */
const TRUNCATE = 4;

/**
 * Gaussian blur of one plane. The kernel is cut at 4 standard deviations and sums to 1; beyond the
 * border the nearest pixel goes on. Equal to `scipy.ndimage.gaussian_filter(mode='nearest')`.
 * A value that is not finite spreads as far as the kernel reaches.
 *
 * @param sigmaPx standard deviation in pixels, above 0
 * @throws RangeError when sigma is not above 0
 */
export function gaussianBlur({ width, height, data }: Plane, sigmaPx: number): Plane {
  const taps = gaussianTaps(sigmaPx);
  const between = new Float32Array(data.length);
  blurRows(data, between, width, height, taps);
  const out = new Float32Array(data.length);
  blurColumns(between, out, width, height, taps);
  return { width, height, data: out };
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

function blurRows(
  data: Float32Array,
  out: Float32Array,
  width: number,
  height: number,
  taps: Float64Array,
): void {
  const radius = taps.length - 1;
  const line = new Float64Array(width + 2 * radius);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    line.fill(data[row], 0, radius);
    line.set(data.subarray(row, row + width), radius);
    line.fill(data[row + width - 1], radius + width);
    for (let x = 0; x < width; x++) sums[x] = taps[0] * line[radius + x];
    // Two taps at a time: half of the trips to the sums.
    let k = 1;
    for (; k < radius; k += 2) {
      const [near, far] = [taps[k], taps[k + 1]];
      for (let x = 0, left = radius - k, right = radius + k; x < width; x++, left++, right++) {
        sums[x] += near * (line[left] + line[right]) + far * (line[left - 1] + line[right + 1]);
      }
    }
    if (k === radius) {
      for (let x = 0; x < width; x++) sums[x] += taps[k] * (line[x] + line[x + 2 * radius]);
    }
    out.set(sums, row);
  }
}

function blurColumns(
  data: Float32Array,
  out: Float32Array,
  width: number,
  height: number,
  taps: Float64Array,
): void {
  const radius = taps.length - 1;
  const sums = new Float64Array(width);
  const rowOf = (y: number): number => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) sums[x] = taps[0] * data[row + x];
    let k = 1;
    for (; k < radius; k += 2) {
      const [near, far] = [taps[k], taps[k + 1]];
      const [above, below] = [rowOf(y - k), rowOf(y + k)];
      const [over, under] = [rowOf(y - k - 1), rowOf(y + k + 1)];
      for (let x = 0; x < width; x++) {
        sums[x] +=
          near * (data[above + x] + data[below + x]) + far * (data[over + x] + data[under + x]);
      }
    }
    if (k === radius) {
      const [above, below] = [rowOf(y - k), rowOf(y + k)];
      for (let x = 0; x < width; x++) sums[x] += taps[k] * (data[above + x] + data[below + x]);
    }
    out.set(sums, row);
  }
}
