import { rowProducts } from '#core/util/simd/rowProducts';
import { besselJ0 } from './besselJ0';
import { bestFocus } from './bestFocus';
import { gaussLegendre } from './gaussLegendre';
import { lateralCutoff } from './opticalCutoffs';
import type { OpticalSystem } from './OpticalSystem';
import type { PsfOptions } from './psfTable';
import { psfTable } from './psfTable';

/** Table entries per shortest period along the frequency axis, enough for cubic interpolation. */
const ENTRIES_PER_PERIOD = 5;

/** Light on the axis spreads into a cone; this far beyond its rim, less than 1 in 1000 is left. */
const RIM_UM = 8;

/**
 * Optical transfer function by lateral frequency and defocus: the Fourier transform of the point-spread
 * function of every plane, which is radial and real. 1 at frequency 0 in focus.
 */
export interface TransferTable {
  /** Spacing of the frequencies in periods per micrometre; the first is 0. */
  readonly frequencyStep: number;
  readonly frequencyCount: number;
  /** Row-major (defocus, frequency). */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Distances between an emitting and an imaged plane. */
export interface DefocusRange {
  /** The emitting plane lies this many steps deeper than the imaged one, first and last. */
  readonly from: number;
  readonly to: number;
  readonly stepUm: number;
}

/**
 * Tabulates the transfer function by a Hankel transform in each plane. The emitter lies at the
 * specimen's mean depth and is taken about its own best focus. In every plane of a wide-field
 * microscope the transfer function is 1 at frequency 0: no light is lost.
 *
 * @param optics microscope and depth
 * @param defocus planes of the table
 * @param fieldUm longer side of the periodic field; light further out than three quarters of it is left out
 */
export function transferTable(
  optics: PsfOptions,
  defocus: DefocusRange,
  fieldUm: number,
): TransferTable {
  const { system, depthUm = 0 } = optics;
  const cutoff = lateralCutoff(optics);
  const planeCount = defocus.to - defocus.from + 1;
  const reachUm = Math.max(Math.abs(defocus.from), Math.abs(defocus.to)) * defocus.stepUm;
  const radiusUm = lightRadiusUm(system, reachUm, fieldUm);
  const focusUm = bestFocus(system, depthUm);
  // Deeper light comes into focus when the stage moves towards the objective.
  const stageUm = Float64Array.from(
    { length: planeCount },
    (_, i) => focusUm + (defocus.from + i) * defocus.stepUm,
  );
  // Intensity and Bessel function both turn at most 2 NA / wavelength times per micrometre.
  const radii = gaussLegendre(Math.ceil(1.05 * Math.PI * radiusUm * cutoff) + 30, 0, radiusUm);
  const psf = psfTable(optics, radii, stageUm);
  const frequencyStep = 1 / (ENTRIES_PER_PERIOD * radiusUm);
  const frequencyCount = Math.ceil(cutoff / frequencyStep) + 4;
  const kernels = new Float64Array(frequencyCount * radii.nodes.length);
  for (let f = 0, at = 0; f < frequencyCount; f++) {
    const turn = 2 * Math.PI * f * frequencyStep;
    for (let r = 0; r < radii.nodes.length; r++, at++) {
      const radius = radii.nodes[r]!;
      kernels[at] = radii.weights[r]! * radius * besselJ0(turn * radius);
    }
  }
  const sums = rowProducts(psf, kernels, radii.nodes.length);
  const whole = Array.from(stageUm, (_, z) => sums[z * frequencyCount]!);
  // A pinhole keeps light out; without one, every plane gives all its light.
  if (optics.confocal) whole.fill(Math.max(...whole));
  const values = new Float32Array(sums.length);
  const passed = Math.floor(cutoff / frequencyStep);
  for (let z = 0; z < planeCount; z++) {
    const first = z * frequencyCount;
    for (let at = first; at <= first + passed; at++) values[at] = sums[at]! / whole[z]!;
  }
  return { frequencyStep, frequencyCount, values };
}

/**
 * Light further from the axis than this does not count.
 *
 * @param reachUm largest distance from focus
 * @param fieldUm longer side of the periodic field
 */
export function lightRadiusUm(system: OpticalSystem, reachUm: number, fieldUm: number): number {
  return Math.min(coneUm(system, reachUm) + RIM_UM, Math.max(0.75 * fieldUm, 2));
}

/** Radius of the cone of light at a distance from focus, in micrometres. */
export function coneUm(system: OpticalSystem, reachUm: number): number {
  const sine = Math.min(0.98, system.numericalAperture / system.specimenIndex);
  return (reachUm * sine) / Math.sqrt(1 - sine * sine);
}
