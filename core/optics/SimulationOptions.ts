import type { CameraOptions } from './expose';
import type { ImagingOptions } from './ImagingPlan';
import type { Moment } from './Moment';
import type { SpecimenOptions } from './specimenOf';
import type { Aberrations } from './wavefrontError';

/** Light that reaches the camera. */
export interface LightOptions {
  /**
   * Photoelectrons of the bright parts. Of nuclei: the level that 1 % of all pixels exceed; of specimens
   * that leave most of the field dark: the level that 0.5 % of the maximum projection exceed.
   */
  readonly photons: number;
  /** Even background, as a share of `photons`. @default 0.05 */
  readonly background?: number;
  /** Haze: the stack's mean image, blurred by `hazeRadiusUm`, at most this share of `photons`. @default 0 */
  readonly haze?: number;
  /** Standard deviation of the haze blur, in micrometres. @default 3 */
  readonly hazeRadiusUm?: number;
  /** Share of the specimen's light that is lost from the first to the last plane, evenly in its logarithm. @default 0 */
  readonly bleaching?: number;
  /** Share of all light that the corners of the field lack; it grows with the square of the distance. @default 0 */
  readonly vignetting?: number;
}

/** How the stage fails to stand still. */
export interface StageOptions {
  /** Drift (x, y) from the first to the last plane, in micrometres. @default [0, 0] */
  readonly driftUm?: readonly [number, number];
  /** Standard deviation of a random step (x and y) after every plane, in micrometres. @default 0 */
  readonly jitterUm?: number;
}

/** A stack to simulate: its size, optics, specimen, light, stage and camera. */
export interface SimulationOptions extends ImagingOptions {
  /** The same seed and options give the same pixels. */
  readonly seed: number;
  /** Mean depth of the specimen below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
  /** Errors of the wavefront; with scalar waves in wide field only. @default none */
  readonly aberrations?: Aberrations | undefined;
  readonly specimen: SpecimenOptions;
  /** Time point of a time-lapse. @default the first */
  readonly moment?: Moment | undefined;
  readonly light: LightOptions;
  readonly stage?: StageOptions;
  readonly camera?: CameraOptions;
}

/** Streams of random numbers of one seed: changing the camera must not change the specimen. */
export const STREAMS = { noise: 2 ** 33, stage: 3 * 2 ** 34, motion: 5 * 2 ** 33 } as const;

/** Distance between the streams of noise of neighbouring planes, and of the stage at time points. */
export const PLANE_STREAM_STEP = 2 ** 36;
