import type { ImageStack } from '#core/image/ImageStack';
import { projectStack, type ProjectionMethod, type ProjectOptions } from './projectStack';
import { reorderAxes } from './reorderAxes';

/** Projects all time points of each channel and plane into one; otherwise as `projectStack`. */
export function projectTime(
  stack: ImageStack,
  method: ProjectionMethod,
  options: ProjectOptions = {},
): ImageStack {
  const projected = reorderAxes(projectStack(reorderAxes(stack, 'zct'), method, options), 'zct');
  const { notes, calibration } = stack;
  return { ...projected, notes, calibration: { ...calibration, timeStepS: null } };
}
