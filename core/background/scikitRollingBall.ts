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
  const background = new Float32Array(data.length).fill(Infinity);
  const reach = Math.ceil(radiusPx);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const squared = dx * dx + dy * dy;
      if (Math.sqrt(squared) > radiusPx) continue;
      const drop = radiusPx - Math.sqrt(Math.max(0, radiusPx * radiusPx - squared));
      lowerTo({ width, height, data }, background, dx, dy, drop);
    }
  }
  return { width, height, data: background };
}

/** Lowers the background to the pixels at one offset, plus what the ball is lower there than at its top. */
function lowerTo(
  { width, height, data }: Plane,
  background: Float32Array,
  dx: number,
  dy: number,
  drop: number,
): void {
  const left = Math.max(0, -dx);
  const right = Math.min(width, width - dx);
  for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
    const shift = dy * width + dx;
    for (let i = y * width + left; i < y * width + right; i++) {
      const limit = data[i + shift] + drop;
      if (limit < background[i]) background[i] = limit;
    }
  }
}
