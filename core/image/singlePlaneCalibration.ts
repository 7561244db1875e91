import type { Calibration } from './Calibration';

/** The calibration of a projection along z: the same, without anything said of z. */
export function singlePlaneCalibration(calibration: Calibration): Calibration {
  return {
    ...calibration,
    pixelSizeUm: { ...calibration.pixelSizeUm, z: null },
    zPositionsUm: null,
  };
}
