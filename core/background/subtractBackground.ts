import type { PixelType } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';

/** How a background is taken away. */
export interface SubtractOptions {
  readonly pixelType: PixelType;
  /** Puts the background of integers to the largest value instead of 0. */
  readonly lightBackground: boolean;
}

/**
 * The plane minus its background. A light background of integers becomes the largest value of the
 * type, as in ImageJ; nothing is rounded or clipped yet.
 */
export function subtractBackground(
  { width, height, data }: Plane,
  background: Plane,
  { pixelType, lightBackground }: SubtractOptions,
): Plane {
  const largest = { uint8: 255, uint16: 65_535, float32: 0 }[pixelType];
  const offset = lightBackground ? largest : 0;
  const difference = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) difference[i] = data[i] - background.data[i] + offset;
  return { width, height, data: difference };
}

/** The plane under even light: what exceeds the dark level, divided by the relative illumination. */
export function evenLight(
  { width, height, data }: Plane,
  illumination: Plane,
  darkLevel: number,
): Plane {
  const even = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    even[i] = (data[i] - darkLevel) / illumination.data[i] + darkLevel;
  }
  return { width, height, data: even };
}
