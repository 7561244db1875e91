import type { Plane } from '#core/image/Plane';
import { geodesicDilation } from './geodesicDilation';

/** How far the foreground grows into its own dim surroundings, in pixels. */
const GROWTH_PX = 16;
/** Surroundings are brighter than this part of the way from the background's mean to the threshold. */
const DIM_SHARE = 0.5;

/**
 * Where an all-in-focus image shows something to learn from: everything above a threshold, grown by up to
 * 16 pixels into what is dimmer but still brighter than the background.
 *
 * @param edf all-in-focus image, in any unit
 * @param threshold what is above is foreground
 * @param background mean of the rest, in the same unit
 * @returns 1 for foreground, else 0; row-major (y, x)
 * @see Wu Y. et al., Nature Methods 16, 2019, doi:10.1038/s41592-019-0622-5 (a geodesic dilation of the
 * thresholded image; how far and into what is ours)
 */
export function foregroundOf(
  { width, data }: Plane,
  threshold: number,
  background: number,
): Uint8Array<ArrayBuffer> {
  const dim = background + DIM_SHARE * (threshold - background);
  const above = (level: number) => Uint8Array.from(data, (value) => (value > level ? 1 : 0));
  return geodesicDilation(above(threshold), above(dim), width, GROWTH_PX);
}
