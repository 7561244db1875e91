import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';

/** Most planes that a height map can tell apart. */
const MAX_PLANES = 65_536;

/** Checks the order in which planes reach an accumulator that needs several passes. */
export interface PassCounter {
  /** The pass that is running, from 0; equal to the number of passes once all have ended. */
  readonly pass: number;
  /** Accepts plane `z` or throws; in the first pass it also checks size and values. */
  accept(plane: Plane, z: number): void;
  endPass(): void;
  /** @throws RangeError when passes are missing */
  requireFinished(): void;
}

/** A counter for `passes` passes over planes of `width` x `height` pixels. */
export function passCounter(width: number, height: number, passes: number): PassCounter {
  let pass = 0;
  let nextZ = 0;
  let planeCount = 0;
  return {
    get pass() {
      return pass;
    },
    accept: (plane, z) => {
      if (pass >= passes) throw new RangeError('All passes of this fusion have ended.');
      if (z !== nextZ) throw new RangeError(`Plane ${z} was added where plane ${nextZ} was due.`);
      if (pass === 0) requireUsablePlane(plane, width, height, z);
      else if (z >= planeCount) throw new RangeError(`Plane ${z} was not part of the first pass.`);
      nextZ += 1;
    },
    endPass: () => {
      if (pass === 0) planeCount = nextZ;
      if (nextZ === 0 || nextZ !== planeCount) {
        throw new RangeError(`A pass ended after ${nextZ} of ${planeCount} planes.`);
      }
      nextZ = 0;
      pass += 1;
    },
    requireFinished: () => {
      if (pass !== passes) throw new RangeError(`Only ${pass} of ${passes} passes have ended.`);
    },
  };
}

function requireUsablePlane(plane: Plane, width: number, height: number, z: number): void {
  if (z >= MAX_PLANES) {
    throw new AxialError(
      'ImpossibleRequestError',
      `A stack of more than ${MAX_PLANES} planes cannot be fused.`,
      'Fuse a part of the stack.',
    );
  }
  if (plane.width !== width || plane.height !== height || plane.data.length !== width * height) {
    throw new AxialError(
      'ImpossibleRequestError',
      `Plane ${z} has ${plane.width} x ${plane.height} pixels, the others ${width} x ${height}.`,
      'Use planes of one size.',
      { details: { plane: z } },
    );
  }
  const { data } = plane;
  for (let i = 0; i < data.length; i++) {
    if (data[i] - data[i] !== 0) {
      throw new AxialError(
        'ImpossibleRequestError',
        `Plane ${z} holds a value that is not a finite number, at x = ${i % width}, y = ${Math.floor(i / width)}.`,
        'Replace NaN and infinite values before the fusion.',
        { details: { plane: z, x: i % width, y: Math.floor(i / width) } },
      );
    }
  }
}
