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
  const across = blurRows(data, width, height, taps);
  return { width, height, data: blurColumns(across, width, height, taps) };
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
  width: number,
  height: number,
  taps: Float64Array,
): Float64Array {
  const radius = taps.length - 1;
  const out = new Float64Array(data.length);
  const line = new Float64Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    line.fill(row[0], 0, radius);
    line.set(row, radius);
    line.fill(row[width - 1], radius + width);
    const sums = out.subarray(y * width, (y + 1) * width);
    addLines(sums, line, taps, (k) => radius + k);
  }
  return out;
}

function blurColumns(
  data: Float64Array,
  width: number,
  height: number,
  taps: Float64Array,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    addLines(sums, data, taps, (k) => Math.min(height - 1, Math.max(0, y + k)) * width);
    out.set(sums, y * width);
  }
  return out;
}

/**
 * Adds a line of samples and its neighbours, weighted by the taps; several at a time, since each trip
 * to the sums costs as much as a neighbour.
 *
 * @param startOf where the line begins that lies k away
 */
function addLines(
  sums: Float64Array,
  samples: Float64Array,
  taps: Float64Array,
  startOf: (k: number) => number,
): void {
  const [centre, start] = [taps[0], startOf(0)];
  for (let x = 0; x < sums.length; x++) sums[x] = centre * samples[start + x];
  let k = 1;
  for (; k + 2 < taps.length; k += 3) {
    const [a, b, c] = [taps[k], taps[k + 1], taps[k + 2]];
    const [a1, b1, c1] = [startOf(-k), startOf(-k - 1), startOf(-k - 2)];
    const [a2, b2, c2] = [startOf(k), startOf(k + 1), startOf(k + 2)];
    for (let x = 0; x < sums.length; x++) {
      sums[x] +=
        a * (samples[a1 + x] + samples[a2 + x]) +
        b * (samples[b1 + x] + samples[b2 + x]) +
        c * (samples[c1 + x] + samples[c2 + x]);
    }
  }
  for (; k < taps.length; k++) {
    const [tap, before, after] = [taps[k], startOf(-k), startOf(k)];
    for (let x = 0; x < sums.length; x++) {
      sums[x] += tap * (samples[before + x] + samples[after + x]);
    }
  }
}
