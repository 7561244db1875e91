import { unknownCalibration, type Calibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import type { PixelArray } from '#core/image/PixelType';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { timePointSource } from './timePoints';

/** Names of a simulated stack's channel and objective, which the optics do not need. */
export interface SimulationLabels {
  /** "nuclei", "beads" and so on. */
  readonly what: string;
  readonly channel: string | null;
  readonly magnification: number | null;
}

/** How many time points there are, and how far apart. */
export interface TimeLapse {
  readonly timePoints: number;
  readonly timeStepS: number;
}

/** All planes of a time point, row-major (y, x). */
type PlanesAt = (t: number, signal?: AbortSignal) => Promise<readonly PixelArray[]>;

/** Makes stacks of simulated planes; what the simulation knew stands in their metadata. */
export function simulatedStacks(
  options: SimulationOptions,
  labels: SimulationLabels,
  lapse: TimeLapse,
) {
  const { planes, height, width } = options;
  const shape = { t: lapse.timePoints, c: 1, z: planes, y: height, x: width };
  const calibration = calibrationOf(options, labels, lapse);
  const stackOf = (
    name: string,
    pixelType: ImageStack['pixelType'],
    planesAt: PlanesAt,
  ): ImageStack => ({
    name,
    shape,
    pixelType,
    calibration,
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source: timePointSource(shape, planesAt),
  });
  return {
    shape,
    noisy: (planesAt: PlanesAt) => stackOf(`Simulated ${labels.what}`, 'uint16', planesAt),
    clean: (planesAt: PlanesAt) =>
      stackOf(`Simulated ${labels.what}, without noise`, 'float32', planesAt),
    specimen: (planesAt: PlanesAt) =>
      stackOf(`Simulated ${labels.what}, density`, 'float32', planesAt),
  };
}

/** Radius of the Airy disc in wavelengths over the aperture. */
const AIRY_RADIUS = 0.61;

function calibrationOf(
  { pixelSizeUm, zStepUm, system, psf }: SimulationOptions,
  { channel, magnification }: SimulationLabels,
  { timePoints, timeStepS }: TimeLapse,
): Calibration {
  const { numericalAperture, immersionIndex, emissionUm } = system;
  const { pinholeAiry, excitationUm } = psf?.confocal ?? {};
  const airyUm = (2 * AIRY_RADIUS * emissionUm) / numericalAperture;
  return {
    ...unknownCalibration(1),
    pixelSizeUm: { x: pixelSizeUm, y: pixelSizeUm, z: zStepUm },
    timeStepS: timePoints > 1 ? timeStepS : null,
    channels: [
      {
        name: channel,
        excitationNm: excitationUm === undefined ? null : Math.round(excitationUm * 1000),
        emissionNm: Math.round(emissionUm * 1000),
        // A pinhole lies where the image is magnified.
        ...(pinholeAiry !== undefined &&
          magnification !== null && { pinholeUm: pinholeAiry * airyUm * magnification }),
      },
    ],
    objective: { numericalAperture, magnification, immersionIndex },
  };
}
