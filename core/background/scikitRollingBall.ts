import type { Plane } from '#core/image/Plane';

/**
 * Background under bright objects as scikit-image's rolling_ball finds it: for each pixel the height
 * of the top of a ball that stands below it and touches the image from below. Nothing is shrunken or
 * cut off, so the time grows with the square of the radius.
 *
 * @param plane row-major (y, x) values, finite
 * @param radiusPx radius of the ball, in pixels sideways and in grey levels upwards; at least 1
 * @throws RangeError when the radius is below 1
 * @see Sternberg S. R., Computer 16, 1983, doi:10.1109/MC.1983.1654163
 */
export function scikitRollingBall({ width, height, data }: Plane, radiusPx: number): Plane {
  if (!(radiusPx >= 1)) throw new RangeError('The radius of a rolling ball is at least 1 pixel.');
  const reach = Math.ceil(radiusPx);
  const drops = Array.from({ length: reach + 1 }, (_, dy) => ballDrops(radiusPx, dy));
  const background = new Float32Array(data.length);
  const lowest = new Float64Array(width);
  const row = new Float64Array(width + 2 * reach).fill(Infinity);
  for (let y = 0; y < height; y++) {
    lowest.fill(Infinity);
    for (let dy = Math.max(-reach, -y); dy <= Math.min(reach, height - 1 - y); dy++) {
      row.set(data.subarray((y + dy) * width, (y + dy + 1) * width), reach);
      lowerRow(lowest, row, reach, drops[Math.abs(dy)]);
    }
    background.set(lowest, y * width);
  }
  return { width, height, data: background };
}

/** What the ball is lower than at its top, from the middle of one of its rows outwards. */
function ballDrops(radiusPx: number, dy: number): Float64Array {
  const squares = Float64Array.from(
    { length: Math.ceil(radiusPx) + 1 },
    (_, dx) => dx * dx + dy * dy,
  );
  return squares
    .filter((squared) => Math.sqrt(squared) <= radiusPx)
    .map((squared) => radiusPx - Math.sqrt(Math.max(0, radiusPx * radiusPx - squared)));
}

/** Lowers one row of the background to what another row, from `start` on, leaves of it. */
function lowerRow(
  lowest: Float64Array,
  row: Float64Array,
  start: number,
  drops: Float64Array,
): void {
  for (let x = 0; x < lowest.length; x++) {
    let least = lowest[x];
    for (let dx = 0, left = start + x, right = left; dx < drops.length; dx++, left--, right++) {
      const drop = drops[dx];
      const before = row[left] + drop;
      const after = row[right] + drop;
      if (before < least) least = before;
      if (after < least) least = after;
    }
    lowest[x] = least;
  }
}
