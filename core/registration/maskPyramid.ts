import { mirrorIndex } from './splineFilter';

/** Size of one level. */
interface LevelSize {
  readonly width: number;
  readonly height: number;
}

/** The first `width` columns and `height` rows of a mask with rows of `stride` pixels. */
export function cropMask(
  mask: Uint8Array,
  stride: number,
  width: number,
  height: number,
): Uint8Array {
  const cropped = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    cropped.set(mask.subarray(y * stride, y * stride + width), y * width);
  }
  return cropped;
}

/**
 * The masks of all levels of a pyramid: a pixel of a coarser level counts where any of the 3 x 3 pixels
 * around it on the finer level does, so that a mask never loses the structures it was drawn around.
 *
 * @param finest row-major (y, x), 0 where a pixel does not count
 * @param sizes of the levels, fine to coarse, each half of the one before
 * Source: TurboReg, Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function maskPyramid(finest: Uint8Array, sizes: readonly LevelSize[]): Uint8Array[] {
  const masks = [finest];
  for (let i = 1; i < sizes.length; i++) masks.push(halved(masks[i - 1], sizes[i - 1], sizes[i]));
  return masks;
}

function halved(mask: Uint8Array, fine: LevelSize, coarse: LevelSize): Uint8Array {
  const half = new Uint8Array(coarse.width * coarse.height);
  for (let y = 0; y < coarse.height; y++) {
    for (let x = 0; x < coarse.width; x++) {
      let counts = 0;
      for (let dy = -1; dy <= 1; dy++) {
        const row = mirrorIndex(2 * y + dy, fine.height) * fine.width;
        for (let dx = -1; dx <= 1; dx++) counts |= mask[row + mirrorIndex(2 * x + dx, fine.width)];
      }
      half[y * coarse.width + x] = counts;
    }
  }
  return half;
}
