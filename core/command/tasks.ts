import { backgroundUnder, type BackgroundOptions } from '#core/background/backgroundUnder';
import { planeSharpness } from '#core/focus/planeSharpness';
import type { PixelArray } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';
import type { PixelType } from '#core/image/PixelType';
import type { Matrix3 } from '#core/registration/Matrix3';
import { simulateSample, type SampleOptions } from '#core/optics/simulateSample';
import { registerPair } from '#core/registration/registerPair';
import { resamplePlane } from '#core/registration/resamplePlane';
import type { TransformModel } from '#core/registration/TransformModel';
import {
  autoThreshold,
  type AutoThreshold,
  type AutoThresholdOptions,
} from '#core/threshold/autoThreshold';
import type { Histogram } from '#core/threshold/Histogram';
import { comparePlanes } from './steps/comparePlanes';

/** The pure functions that worker threads offer, by name. Each takes one structured-cloneable input. */
export const tasks = {
  registerPair: (input: { reference: Plane; moving: Plane; model: TransformModel }) =>
    registerPair(input.reference, input.moving, input.model),
  resamplePlane: (input: {
    plane: Plane;
    matrix: Matrix3;
    clampTo: PixelType;
    border: 'edge' | 'zero';
  }) =>
    resamplePlane(
      input.plane,
      { matrix: input.matrix },
      { clampTo: input.clampTo, border: input.border },
    ),
  planeSharpness: (input: { pixels: PixelArray; width: number; height: number }) =>
    planeSharpness({
      width: input.width,
      height: input.height,
      data: new Float32Array(input.pixels),
    }),
  simulateSample: (input: SampleOptions) => {
    const { noisy, clean } = simulateSample(input);
    return { noisy, clean };
  },
  autoThreshold: (input: AutoThresholdOptions & { histogram: Histogram }): AutoThreshold =>
    autoThreshold(input.histogram, input),
  backgroundUnder: (input: BackgroundOptions & { plane: Plane }): Plane =>
    backgroundUnder(input.plane, input),
  comparePlanes,
};

/** The tasks with the types of what they take and give. */
export type Tasks = typeof tasks;
