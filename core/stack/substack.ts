import type { ImageStack } from '#core/image/ImageStack';
import { pickedCalibration, type PickedIndices } from './pickedCalibration';
import { viewPlanes } from './viewPlanes';

/**
 * Some time points, channels and planes of a stack, in the order given; nothing is copied. Heights,
 * channel names and wavelengths stay with their planes.
 *
 * @param picked numbers that exist, at least one of each
 */
export function substack(stack: ImageStack, picked: PickedIndices): ImageStack {
  const { t, c, z } = picked;
  return viewPlanes(stack, {
    shape: { ...stack.shape, t: t.length, c: c.length, z: z.length },
    indexOf: (index) => ({ t: t[index.t], c: c[index.c], z: z[index.z] }),
    changes: { calibration: pickedCalibration(stack.calibration, picked) },
  });
}

/** The numbers from 0 to `count` - 1. */
export function allIndices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
