import { unknownCalibration, type Calibration } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { viewPlanes } from './viewPlanes';

/** The old axes that become time, channel and depth: "ztc" makes times of planes. */
export const AXIS_ORDERS = ['tcz', 'zct', 'tzc', 'ctz', 'ztc', 'czt'] as const;

/** One of `AXIS_ORDERS`. */
export type AxisOrder = (typeof AXIS_ORDERS)[number];

type Axis = 't' | 'c' | 'z';

/**
 * The stack with other roles for its axes, for files whose axes were read wrongly; nothing is copied.
 * What was said of an axis holds only as long as it keeps its role: a spacing in micrometres is no
 * time step.
 */
export function reorderAxes(stack: ImageStack, order: AxisOrder): ImageStack {
  const [toT, toC, toZ] = order.split('') as [Axis, Axis, Axis];
  const { shape } = stack;
  const reordered = { ...shape, t: shape[toT], c: shape[toC], z: shape[toZ] };
  const kept = { t: toT === 't', c: toC === 'c', z: toZ === 'z' };
  const lost = lostFacts(stack.calibration, kept);
  return viewPlanes(stack, {
    shape: reordered,
    indexOf: ({ t, c, z }) => {
      const old = { t: 0, c: 0, z: 0 };
      old[toT] = t;
      old[toC] = c;
      old[toZ] = z;
      return old;
    },
    changes: {
      calibration: reorderedCalibration(stack.calibration, reordered.c, kept),
      notes: [...stack.notes, ...lost],
    },
  });
}

type Kept = { readonly [axis in Axis]: boolean };

function reorderedCalibration(
  calibration: Calibration,
  channelCount: number,
  kept: Kept,
): Calibration {
  const { pixelSizeUm, zPositionsUm, timeStepS, channels } = calibration;
  return {
    ...calibration,
    pixelSizeUm: { ...pixelSizeUm, z: kept.z ? pixelSizeUm.z : null },
    zPositionsUm: kept.z ? zPositionsUm : null,
    timeStepS: kept.t ? timeStepS : null,
    channels: kept.c ? channels : unknownCalibration(channelCount).channels,
  };
}

function lostFacts(calibration: Calibration, kept: Kept): string[] {
  const spaced = calibration.pixelSizeUm.z !== null || calibration.zPositionsUm !== null;
  const lost = [
    !kept.z && spaced ? 'plane spacing' : '',
    !kept.t && calibration.timeStepS !== null ? 'time step' : '',
    !kept.c && calibration.channels.some(({ name }) => name !== null) ? 'channel names' : '',
  ].filter(Boolean);
  return lost.length === 0
    ? []
    : [`Not known any more after the axes changed roles: ${lost.join(', ')}.`];
}
