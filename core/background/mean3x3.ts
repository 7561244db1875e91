import type { Plane } from '#core/image/Plane';

const { fround } = Math;
/** ImageJ sums and multiplies in 32 bits; where a difference ends in .5 that decides the rounding. */
const THIRD = fround(1 / 3);

/** Mean over 3 x 3 pixels; pixels outside equal the nearest one inside. */
export function mean3x3({ width, height, data }: Plane): Plane {
  const across = new Float32Array(data.length);
  for (let y = 0; y < height; y++) meanOfThree(data, across, y * width, 1, width);
  const both = new Float32Array(data.length);
  for (let x = 0; x < width; x++) meanOfThree(across, both, x, width, height);
  return { width, height, data: both };
}

function meanOfThree(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
): void {
  const end = start + step * (length - 1);
  for (let i = start; i <= end; i += step) {
    const before = i === start ? from[i] : from[i - step];
    const after = i === end ? from[i] : from[i + step];
    to[i] = fround(fround(before + from[i]) + after) * THIRD;
  }
}
