import type { Plane } from '#core/image/Plane';
import { enlargeBlocks, shrinkToMinima } from './blockMinima';
import { mean3x3 } from './mean3x3';

/** How ImageJ rolls its ball. */
export interface ImageJRollingBallOptions {
  /** Radius of curvature of the ball, in pixels sideways and in grey levels upwards; at least 1. */
  readonly radiusPx: number;
  /** Whether the plane is averaged over 3 x 3 pixels first, so that single dark pixels do not count. @default true */
  readonly smooth?: boolean;
}

/** The upper part of a ball, in pixels of the shrunken image. */
interface Ball {
  readonly halfWidth: number;
  readonly shrink: number;
  /** Height above the ball's centre, row-major over a square of 2 * halfWidth + 1; 0 outside the ball. */
  readonly heights: Float32Array;
}

/**
 * Background under bright objects as the rolling ball of ImageJ 1.54 finds it: block minima, a ball
 * without its rim rolled under that small image, the result enlarged by linear interpolation.
 *
 * @param plane row-major (y, x) values, finite
 * @throws RangeError when the radius is below 1
 * @see Sternberg S. R., Computer 16, 1983, doi:10.1109/MC.1983.1654163
 */
export function imagejRollingBall(
  plane: Plane,
  { radiusPx, smooth = true }: ImageJRollingBallOptions,
): Plane {
  if (!(radiusPx >= 1)) throw new RangeError('The radius of a rolling ball is at least 1 pixel.');
  const ball = makeBall(radiusPx);
  const smoothed = smooth ? mean3x3(plane) : plane;
  if (ball.shrink === 1) return rollBall(smoothed, ball);
  const small = rollBall(shrinkToMinima(smoothed, ball.shrink), ball);
  return enlargeBlocks(small, ball.shrink, plane);
}

/** How much the image is shrunken, and how much of the ball's width is cut off, for a radius. */
function cutsFor(radiusPx: number): { shrink: number; trimPercent: number } {
  if (radiusPx <= 10) return { shrink: 1, trimPercent: 24 };
  if (radiusPx <= 30) return { shrink: 2, trimPercent: 24 };
  if (radiusPx <= 100) return { shrink: 4, trimPercent: 32 };
  return { shrink: 8, trimPercent: 40 };
}

function makeBall(radiusPx: number): Ball {
  const { shrink, trimPercent } = cutsFor(radiusPx);
  const radius = Math.max(1, radiusPx / shrink);
  const trim = Math.floor(Math.floor(trimPercent * radius) / 100);
  const halfWidth = Math.floor(radius - trim + 0.5);
  const width = 2 * halfWidth + 1;
  const heights = new Float32Array(width * width);
  for (let i = 0; i < heights.length; i++) {
    const x = (i % width) - halfWidth;
    const y = Math.floor(i / width) - halfWidth;
    heights[i] = Math.sqrt(Math.max(0, radius * radius - x * x - y * y));
  }
  return { halfWidth, shrink, heights };
}

/** The highest that the ball reaches at each pixel when it is pushed up from below everywhere. */
function rollBall({ width, height, data }: Plane, { halfWidth, heights }: Ball): Plane {
  const background = new Float32Array(data.length).fill(-Infinity);
  const side = 2 * halfWidth + 1;
  for (let y = -halfWidth; y < height + halfWidth; y++) {
    const top = Math.max(0, y - halfWidth);
    const bottom = Math.min(height - 1, y + halfWidth);
    for (let x = -halfWidth; x < width + halfWidth; x++) {
      const left = Math.max(0, x - halfWidth);
      const right = Math.min(width - 1, x + halfWidth);
      let lift = Infinity;
      for (let row = top; row <= bottom; row++) {
        const inBall = (row - y + halfWidth) * side - x + halfWidth;
        for (let i = left; i <= right; i++) {
          const gap = data[row * width + i] - heights[inBall + i];
          if (gap < lift) lift = gap;
        }
      }
      for (let row = top; row <= bottom; row++) {
        const inBall = (row - y + halfWidth) * side - x + halfWidth;
        for (let i = left; i <= right; i++) {
          const reached = lift + heights[inBall + i];
          if (reached > background[row * width + i]) background[row * width + i] = reached;
        }
      }
    }
  }
  return { width, height, data: background };
}
