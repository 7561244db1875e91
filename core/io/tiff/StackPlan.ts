import type { Calibration } from '#core/image/Calibration';
import type { ValueMapping } from '#core/image/ImageStack';
import type { ImageFormat } from '#core/io/OpenedImage';

/** Where the pixels of one stored plane are. */
export interface PlanePlace {
  /** Number of the file in the plan's list; 0 is the file that was opened. */
  readonly file: number;
  /** Page in that file. -1: the file says nowhere. */
  readonly page: number;
  /** Bytes by which the plane lies behind the page's own. */
  readonly shift: number;
}

/** How many stored planes there are along each axis; a stored plane may hold several channels. */
export interface StoredShape {
  readonly t: number;
  readonly c: number;
  readonly z: number;
}

/** How the pages of a TIFF form a stack: what OME-XML, an ImageJ description or nothing says. */
export interface StackPlan {
  readonly format: ImageFormat;
  readonly stored: StoredShape;
  /** Axes of the stored planes, fastest first: "czt". */
  readonly order: string;
  /** Names of the further files of a set. */
  readonly siblings: readonly string[];
  /** Place of stored plane number `plane`, counted in `order`. */
  place(plane: number): PlanePlace;
  /** Calibration for `channels` channels of a stack of `z` planes of `height` x `width` pixels. */
  calibrate(shape: { t: number; c: number; z: number; y: number; x: number }): {
    readonly calibration: Calibration;
    readonly valueMapping: ValueMapping | null;
    readonly historyText: string | null;
  };
  readonly notes: readonly string[];
}

/** Number of the stored plane (t, c, z) in `order`. */
export function planeNumber(
  stored: StoredShape,
  order: string,
  index: { readonly t: number; readonly c: number; readonly z: number },
): number {
  let number = 0;
  let step = 1;
  for (const axis of order) {
    if (axis === 't' || axis === 'c' || axis === 'z') {
      number += index[axis] * step;
      step *= stored[axis];
    }
  }
  return number;
}

/** How many stored planes there are. */
export function storedCount({ t, c, z }: StoredShape): number {
  return t * c * z;
}

/**
 * The largest complete stack among the first `count` planes: whole runs of the slowest axis,
 * or of the next one where not even one run is complete.
 */
export function readableShape(stored: StoredShape, order: string, count: number): StoredShape {
  const shape = { ...stored };
  let run = storedCount(stored);
  for (const axis of [...order].reverse()) {
    if (axis !== 't' && axis !== 'c' && axis !== 'z') continue;
    run /= stored[axis];
    shape[axis] = Math.max(1, Math.min(stored[axis], Math.floor(count / run)));
    if (count >= run) break;
  }
  return shape;
}
