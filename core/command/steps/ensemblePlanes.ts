import type { PlaneFunction } from '#core/image/mapPlanes';
import { PlaneSpread } from '#core/reconstruct/PlaneSpread';
import { PLANE_TURNS } from '#core/reconstruct/turnPlane';
import type { planeTasks } from './volumePlanes';

/**
 * Mean or standard deviation of what a network makes of the same plane when nothing that matters is
 * changed: the inputs flipped and turned by quarters (8 ways), and each of several inputs left out once.
 * Where those disagree, the network does not know. Grey levels of the stack, float32.
 */
export function ensemblePlanes(
  taskOf: ReturnType<typeof planeTasks>,
  what: 'mean' | 'deviation',
): PlaneFunction {
  return async (index, signal) => {
    const { seen, target, planes, refocus, scale, offset } = await taskOf(index, signal);
    const spread = new PlaneSpread(planes.width * planes.height);
    for (const turn of PLANE_TURNS) {
      spread.add(await refocus(seen, target, planes, signal, turn));
    }
    for (let left = 0; seen.length > 1 && left < seen.length; left++) {
      const others = seen.filter((_, m) => m !== left);
      spread.add(await refocus(others, target, planes, signal));
    }
    return what === 'mean'
      ? Float32Array.from(spread.mean, (value) => value * scale + offset)
      : Float32Array.from(spread.deviation(), (value) => value * scale);
  };
}
