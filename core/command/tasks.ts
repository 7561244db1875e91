import { backgroundUnder, type BackgroundOptions } from '#core/background/backgroundUnder';
import { gaussianBlur } from '#core/image/gaussianBlur';
import { medianFilter } from '#core/filter/medianFilter';
import type { Interpolation } from '#core/filter/resampleWeights';
import { resizePlane } from '#core/filter/resizePlane';
import { edfWork } from '#core/focus/edfWork';
import { planeSharpness } from '#core/focus/planeSharpness';
import type { PixelArray } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';
import type { LevelSize } from '#core/image/PlaneSource';
import { alignmentTransforms } from '#core/registration/alignmentTransforms';
import type { AlignmentPlan } from '#core/registration/planAlignment';
import type { PlaneMap } from '#core/registration/PlaneMap';
import { fitSpecimen } from '#core/optics/fit/fitSpecimen';
import { specimenImage } from '#core/optics/fit/specimenImage';
import { simulationWork } from '#core/optics/simulationWork';
import type { PairRegistration } from '#core/registration/registerPair';
import { registerPlanes, type PlanePair } from '#core/registration/registerPlanes';
import type { MaskedPlane } from '#core/registration/registrationPyramid';
import { resamplePlane, type ResampleOptions } from '#core/registration/resamplePlane';
import type { TransformModel } from '#core/registration/TransformModel';
import { spectralWork } from '#core/reconstruct/spectral/spectralWork';
import { medianOfBand } from '#core/stack/medianOfBand';
import {
  autoThreshold,
  type AutoThreshold,
  type AutoThresholdOptions,
} from '#core/threshold/autoThreshold';
import type { Histogram } from '#core/threshold/Histogram';
import { comparePlanes } from './steps/comparePlanes';

/** The pure functions that worker threads offer, by name. Each takes one structured-cloneable input. */
export const tasks = {
  ...edfWork,
  ...simulationWork,
  ...spectralWork,
  registerPlanes: (input: {
    planes: readonly MaskedPlane[];
    pairs: readonly PlanePair[];
    model: TransformModel;
    jackknife: boolean;
  }) => registerPlanes(input.planes, input.pairs, input.model, { jackknife: input.jackknife }),
  alignmentTransforms: (input: {
    plan: AlignmentPlan;
    model: TransformModel;
    size: LevelSize;
    registrations: readonly PairRegistration[];
  }) => alignmentTransforms(input.plan, input.model, input.size, input.registrations),
  resamplePlane: (input: { plane: Plane; map: PlaneMap; options: ResampleOptions }) =>
    resamplePlane(input.plane, input.map, input.options),
  planeSharpness: (input: { pixels: PixelArray; width: number; height: number }) =>
    planeSharpness({
      width: input.width,
      height: input.height,
      data: new Float32Array(input.pixels),
    }),
  autoThreshold: (input: AutoThresholdOptions & { histogram: Histogram }): AutoThreshold =>
    autoThreshold(input.histogram, input),
  backgroundUnder: (input: BackgroundOptions & { plane: Plane }): Plane =>
    backgroundUnder(input.plane, input),
  comparePlanes,
  fitSpecimen,
  specimenImage,
  medianOfBand,
  gaussianBlur: (input: { plane: Plane; sigmaPx: number }) =>
    gaussianBlur(input.plane, input.sigmaPx),
  medianFilter: (input: { plane: Plane; radiusPx: number }) =>
    medianFilter(input.plane, input.radiusPx),
  resizePlane: (input: { plane: Plane; size: LevelSize; interpolation: Interpolation }) =>
    resizePlane(input.plane, input.size, input.interpolation),
};

/** The tasks with the types of what they take and give. */
export type Tasks = typeof tasks;
