import type { ImageStack } from '#core/image/ImageStack';
import { pixelRange } from '#core/image/pixelRange';
import { readValues } from '#core/image/readValues';
import { AxialError } from '#core/util/errors';

/** Heights of surfaces, read from a stack of height maps. */
export interface SurfaceHeights {
  /** Lowest and highest value of all maps, in micrometres. */
  readonly rangeUm: { readonly min: number; readonly max: number };
  /** Heights in micrometres of surface `index`, row-major (y, x); one map serves all. */
  at(index: number, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
}

/**
 * Checks height maps, in micrometres, for the planes of a reconstruction: one for all of them, or one
 * each. Maps are read again when they are asked for, so that no more than one is held.
 *
 * @param maps planes are height maps; only time 0 and channel 0 count
 * @param stack the stack whose pixels they belong to
 * @param count how many planes need a height
 * @param what those are called in messages: "planes to make"
 * @throws AxialError ImpossibleRequestError when size or number do not fit, or a height is not finite
 */
export async function surfaceHeights(
  maps: ImageStack,
  stack: ImageStack,
  count: number,
  what: string,
  signal?: AbortSignal,
): Promise<SurfaceHeights> {
  const { x, y, z } = maps.shape;
  if (x !== stack.shape.x || y !== stack.shape.y) {
    throw doesNotFit(
      `The height map ${maps.name} has ${x} x ${y} pixels, the stack ${stack.shape.x} x ${stack.shape.y}.`,
    );
  }
  if (z !== 1 && z !== count) {
    throw doesNotFit(`${maps.name} holds ${z} height maps for ${count} ${what}.`);
  }
  let [min, max] = [Infinity, -Infinity];
  for (let index = 0; index < z; index++) {
    const heights = await readMap(maps, index, signal);
    if (!heights.every(Number.isFinite)) {
      throw doesNotFit(`The height map ${maps.name} has pixels without a height.`);
    }
    const range = pixelRange(heights);
    [min, max] = [Math.min(min, range.min), Math.max(max, range.max)];
  }
  return {
    rangeUm: { min, max },
    at: (index, readSignal) => readMap(maps, z === 1 ? 0 : index, readSignal),
  };
}

async function readMap(
  maps: ImageStack,
  z: number,
  signal?: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const { data } = await readValues(maps, { t: 0, c: 0, z }, signal ? { signal } : {});
  return data;
}

function doesNotFit(message: string): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    message,
    'A height map holds a height in micrometres for each pixel of the stack; "axial surface" makes one.',
  );
}
