import { exposeStackPlane } from './exposeStackPlane';
import { hazeSpectrum } from './hazeSpectrum';
import { imageSpectra } from './imageSpectra';
import type { ImagingPlan } from './ImagingPlan';
import { imagingPlan } from './ImagingPlan';
import { lightLevels } from './lightLevels';
import { pupilTransfer } from './pupilTransfer';
import { renderedPlanes } from './renderedPlanes';
import type { SimulationOptions } from './SimulationOptions';
import { specimenOf } from './specimenOf';
import { specimenSpectra } from './specimenSpectra';
import { specimenTruth } from './specimenTruth';
import { stageShifts } from './stageShifts';
import { stackTransfer } from './stackTransfer';

/** A simulated stack; all planes are row-major (y, x), the plane nearest to the coverslip first. */
export interface SimulatedStack {
  readonly width: number;
  readonly height: number;
  /** What the camera gave. */
  readonly noisy: Uint16Array<ArrayBuffer>[];
  /** What an endless exposure would give, in the same grey levels. */
  readonly clean: Float32Array<ArrayBuffer>[];
  /** Fluorophore density at the same voxels. */
  readonly specimen: Float32Array<ArrayBuffer>[];
  readonly options: SimulationOptions;
}

/** Memory for planes that are painted at once; objects at the borders of a slab are painted twice. */
const SLAB_BYTES = 96 * 2 ** 20;

/** Planes that are painted at once. */
export function slabPlanes({ specimenGrid: { width, height, planes } }: ImagingPlan): number {
  return Math.min(planes, Math.max(8, Math.floor(SLAB_BYTES / (4 * width * height))));
}

/**
 * Simulates a wide-field stack of a specimen of known truth.
 *
 * The specimen is placed in a box that is wider, and reaches further along z, than the stack; every
 * plane of it lights every imaged plane through the point-spread function of their distance (index
 * mismatch at the specimen's mean depth included); background and haze are added, and the camera
 * exposes the middle of the box. Aberrations, if any, act through a pupil (`pupilTransfer`).
 *
 * @param options what to simulate
 * @throws RangeError when a size, the optics or the camera make no sense
 */
export function simulateStack(
  options: SimulationOptions,
  { signal }: { readonly signal?: AbortSignal } = {},
): SimulatedStack {
  const plan = imagingPlan(options);
  const specimen = specimenOf(options.seed, options.specimen, plan.boxUm, options.moment);
  const spectra: Float32Array[] = [];
  const slab = slabPlanes(plan);
  for (let z = 0; z < plan.specimenGrid.planes; z += slab) {
    signal?.throwIfAborted();
    const count = Math.min(slab, plan.specimenGrid.planes - z);
    spectra.push(...specimenSpectra(plan, specimen, z, count));
  }
  const transfer = options.aberrations
    ? { planes: pupilTransfer(plan, options) }
    : stackTransfer(plan, options);
  signal?.throwIfAborted();
  const images = imageSpectra(plan, transfer, { from: 0, to: plan.layout.length, spectra });
  signal?.throwIfAborted();
  const { haze: hazeShare = 0, hazeRadiusUm = 3 } = options.light;
  const shifts = stageShifts(options);
  const planes = renderedPlanes(plan, [
    ...images.map((values, z) => ({ values, shift: shifts[z]! })),
    ...(hazeShare > 0 ? [{ values: hazeSpectrum(plan, images, 0, hazeRadiusUm) }] : []),
  ]);
  const haze = hazeShare > 0 ? planes.pop()! : null;
  const levels = lightLevels(options, planes, haze);
  const exposures = planes.map((plane, z) => {
    signal?.throwIfAborted();
    return exposeStackPlane(options, levels, plane, haze, z);
  });
  return {
    width: options.width,
    height: options.height,
    noisy: exposures.map((exposure) => exposure.noisy),
    clean: exposures.map((exposure) => exposure.clean),
    specimen: specimenTruth(plan, specimen, 0, options.planes),
    options,
  };
}
