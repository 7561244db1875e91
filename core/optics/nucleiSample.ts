import { OBJECTIVES } from './objectives';
import type { SimulationOptions } from './SimulationOptions';

/** What differs from the sample that Axial ships; lengths in micrometres and pixels as named. */
export interface SampleOptions {
  /** @default 1 */
  readonly seed?: number;
  /** @default 256 */
  readonly width?: number;
  /** @default 256 */
  readonly height?: number;
  /** @default 41 */
  readonly planes?: number;
  /** @default 0.1 */
  readonly pixelSizeUm?: number;
  /** @default 0.2 */
  readonly zStepUm?: number;
  /** Emission wavelength in micrometres. @default 0.461 (DAPI) */
  readonly emissionUm?: number;
  /** Geometric mean radius of the nuclei, in micrometres. @default 3.2 */
  readonly radiusUm?: number;
  /** Photoelectrons of the bright parts. @default 250 */
  readonly photons?: number;
  /** Even background as a share of the bright parts. @default 0.08 */
  readonly background?: number;
  /** Depth below the coverslip in a medium of index 1.46, in micrometres. @default 1 */
  readonly depthUm?: number;
}

/**
 * The sample that Axial shows: DAPI-stained nuclei through a 63x/1.4 oil objective.
 *
 * @param options everything has a default
 */
export function nucleiSample(options: SampleOptions = {}): SimulationOptions {
  const { seed = 1, width = 256, height = 256, planes = 41 } = options;
  const { pixelSizeUm = 0.1, zStepUm = 0.2, emissionUm = 0.461, depthUm = 1 } = options;
  const { radiusUm = 3.2, photons = 250, background = 0.08 } = options;
  const { numericalAperture, immersionIndex, workingDistanceUm } = OBJECTIVES.oil63;
  return {
    seed,
    width,
    height,
    planes,
    pixelSizeUm,
    zStepUm,
    sampling: 'camera',
    system: {
      numericalAperture,
      immersionIndex,
      workingDistanceUm,
      emissionUm,
      specimenIndex: 1.46,
    },
    depthUm,
    specimen: {
      kind: 'nuclei',
      radiusUm,
      filling: 0.12,
      flatness: 0.75,
      texture: 0.4,
      foci: 8,
      nucleoli: 2.5,
    },
    light: { photons, background, haze: 0.05 },
    camera: { offset: 100, gain: 8, readNoiseElectrons: 1.5, bitDepth: 16 },
  };
}
