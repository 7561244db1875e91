/** One channel as the file describes it; `null` where it says nothing. */
export interface Channel {
  readonly name: string | null;
  readonly excitationNm: number | null;
  readonly emissionNm: number | null;
  /** Width of a confocal microscope's pinhole in micrometres, at its own place; absent when not stated. */
  readonly pinholeUm?: number;
}

/** The objective as the file describes it; `null` where it says nothing. */
export interface Objective {
  readonly numericalAperture: number | null;
  readonly magnification: number | null;
  /** Refractive index of the immersion medium: 1.515 for oil, 1.333 for water, 1 for air. */
  readonly immersionIndex: number | null;
}

/** What the pixels mean in space and time. A length that nobody stated is `null`, never 1. */
export interface Calibration {
  /** Sample spacing in micrometres; `z` is the step of a uniformly spaced stack. */
  readonly pixelSizeUm: {
    readonly x: number | null;
    readonly y: number | null;
    readonly z: number | null;
  };
  /** Position of each plane in micrometres, relative to the first plane, when z is not uniform; otherwise `null`. */
  readonly zPositionsUm: readonly number[] | null;
  readonly timeStepS: number | null;
  /** One entry per channel. */
  readonly channels: readonly Channel[];
  readonly objective: Objective;
}

/** A calibration that states nothing, for `channelCount` channels. */
export function unknownCalibration(channelCount: number): Calibration {
  return {
    pixelSizeUm: { x: null, y: null, z: null },
    zPositionsUm: null,
    timeStepS: null,
    channels: Array.from({ length: channelCount }, () => ({
      name: null,
      excitationNm: null,
      emissionNm: null,
    })),
    objective: { numericalAperture: null, magnification: null, immersionIndex: null },
  };
}

/**
 * Positions of `planeCount` planes in micrometres from the first one: the stated positions,
 * or multiples of the stated step, or `null` when the file states neither.
 */
export function zPositionsUm(calibration: Calibration, planeCount: number): number[] | null {
  if (calibration.zPositionsUm) return calibration.zPositionsUm.slice(0, planeCount);
  const stepUm = calibration.pixelSizeUm.z;
  if (stepUm === null) return null;
  return Array.from({ length: planeCount }, (_, z) => z * stepUm);
}
