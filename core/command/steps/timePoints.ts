import { cropPixels } from '#core/image/cropPixels';
import type { StackShape } from '#core/image/ImageStack';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneSource } from '#core/image/PlaneSource';

/** Computes all that belongs to a time point. */
type TimePointMaker<T> = (t: number, signal?: AbortSignal) => Promise<T>;

/** A time point that is made, and who may cancel that. */
interface HeldTimePoint<T> {
  readonly t: number;
  readonly made: Promise<T>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Keeps what was computed of one time point, the latest: whoever reads plane after plane pays for every
 * time point once, and memory holds one of them, however many there are. What fails or is cancelled is
 * computed anew when it is asked for again.
 *
 * @param first time point 0, when it is there already
 */
export function latestTimePoint<T>(make: TimePointMaker<T>, first?: T): TimePointMaker<T> {
  let held: HeldTimePoint<T> | null =
    first === undefined ? null : { t: 0, made: Promise.resolve(first), signal: undefined };
  return async (t, signal) => {
    for (;;) {
      const mine = held?.t === t ? held : { t, made: make(t, signal), signal };
      held = mine;
      try {
        return await mine.made;
      } catch (error) {
        if (held === mine) held = null;
        // Somebody else who had asked for it first may have cancelled it.
        const othersDoing = mine.signal !== signal && mine.signal?.aborted === true;
        if (!othersDoing || signal?.aborted) throw error;
      }
    }
  };
}

/**
 * A source of one channel whose time points are computed when somebody reads them.
 *
 * @param planesAt all planes of a time point, row-major (y, x)
 */
export function timePointSource(
  shape: StackShape,
  planesAt: TimePointMaker<readonly PixelArray[]>,
): PlaneSource {
  const size = { width: shape.x, height: shape.y };
  return {
    levels: [size],
    async read({ t, z }, { region, lend = false, signal } = {}) {
      signal?.throwIfAborted();
      const plane = (await planesAt(t, signal))[z];
      if (!plane) throw new RangeError(`There is no plane t=${t}, z=${z}.`);
      if (region) return cropPixels(plane, size, region);
      return lend ? plane : plane.slice();
    },
    close: () => Promise.resolve(),
  };
}
