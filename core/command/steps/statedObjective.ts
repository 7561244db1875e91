import type { Objective } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';

/** "63x", "63x_1.4", "20X/0.75": magnification, and aperture where one follows. */
const IN_NAME = /(?<![\d.])(\d{1,3})x(?:[\s_/-]*(?:na)?[\s_-]*([01]\.\d{1,2}))?(?![\da-z])/i;

/** The objective of a stack as its calibration states it; what that leaves open is taken from its name. */
export function statedObjective({ calibration, name }: ImageStack): Objective {
  const { numericalAperture, magnification, immersionIndex } = calibration.objective;
  const [, times, aperture] = IN_NAME.exec(name) ?? [];
  return {
    numericalAperture: numericalAperture ?? (aperture === undefined ? null : Number(aperture)),
    magnification: magnification ?? (times === undefined ? null : Number(times)),
    immersionIndex,
  };
}
