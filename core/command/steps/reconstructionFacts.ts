import { zPositionsUm } from '#core/image/Calibration';
import type { CommandCall, History } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { isPlaneList } from './isPlaneList';
import { zTargets } from './zTargets';

/** The planes that a reconstruction was given, by its history; empty when it tells of none. */
export function givenPlanes(history: History): number[] {
  const inputs = reconstruction(history)?.params['inputs'];
  return isPlaneList(inputs) ? [...new Set(inputs)].sort((a, b) => a - b) : [];
}

/**
 * Heights of a result's planes, in micrometres in the frame of the stack that it was made of;
 * `null` when they are unknown.
 *
 * @param sourceZUm heights of the planes of that stack
 */
export function resultHeights(
  result: ImageStack,
  sourceZUm: readonly number[] | null,
): readonly number[] | null {
  const call = reconstruction(result.history);
  if (call && sourceZUm) {
    const { z, planes, spacingUm } = call.params;
    const request = {
      z: typeof z === 'string' ? z : null,
      spacingUm: typeof spacingUm === 'number' ? spacingUm : null,
      planes: isPlaneList(planes) ? planes : ('all' as const),
    };
    const inRange = request.planes === 'all' || request.planes.every((i) => i < sourceZUm.length);
    const targets = inRange ? zTargets(request, sourceZUm) : [];
    if (targets.length === result.shape.z) return targets;
  }
  return zPositionsUm(result.calibration, result.shape.z);
}

function reconstruction({ calls }: History): CommandCall | undefined {
  return calls.findLast(({ command }) => command.startsWith('reconstruct.'));
}
