import type { Plane } from '#core/image/Plane';
import { imagejRollingBall } from './imagejRollingBall';
import { scikitRollingBall } from './scikitRollingBall';

/** Whose rolling ball is rolled. */
export const ROLLING_BALL_VARIANTS = ['imagej', 'scikit-image'] as const;

/** How a background is looked for. */
export interface BackgroundOptions {
  readonly variant: (typeof ROLLING_BALL_VARIANTS)[number];
  /** In pixels; at least 1. */
  readonly radiusPx: number;
  /** Whether ImageJ's averages over 3 x 3 pixels first. */
  readonly smooth: boolean;
  /** Whether objects are darker than the background. */
  readonly lightBackground: boolean;
}

/** Background of a plane by a rolling ball, not rounded; under dark objects the ball rolls on the negative. */
export function backgroundUnder(plane: Plane, options: BackgroundOptions): Plane {
  const { variant, radiusPx, smooth, lightBackground } = options;
  const roll = (image: Plane): Plane =>
    variant === 'imagej'
      ? imagejRollingBall(image, { radiusPx, smooth })
      : scikitRollingBall(image, radiusPx);
  return lightBackground ? negative(roll(negative(plane))) : roll(plane);
}

function negative({ width, height, data }: Plane): Plane {
  return { width, height, data: data.map((value) => -value) };
}
