import type { PlaneFunction } from '#core/image/mapPlanes';
import { PlaneSpread } from '#core/reconstruct/PlaneSpread';
import {
  PLANE_TURNS,
  turnedSize,
  turnPlane,
  turnPlaneBack,
  type PlaneTurn,
} from '#core/reconstruct/turnPlane';
import type { PlaneTask, planeTasks } from './volumePlanes';

type Pixels = Float32Array<ArrayBuffer>;

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
    const task = await taskOf(index, signal);
    const spread = new PlaneSpread(task.size.width * task.size.height);
    for (const turn of PLANE_TURNS) spread.add(await refocusTurned(task, turn, signal));
    const { seen, target, size, refocus, scale, offset } = task;
    for (let left = 0; seen.length > 1 && left < seen.length; left++) {
      const others = seen.filter((_, m) => m !== left);
      spread.add(await refocus(others, target, size, signal));
    }
    return what === 'mean'
      ? Float32Array.from(spread.mean, (value) => value * scale + offset)
      : Float32Array.from(spread.deviation(), (value) => value * scale);
  };
}

async function refocusTurned(
  { seen, target, size, refocus }: PlaneTask,
  turn: PlaneTurn,
  signal?: AbortSignal,
): Promise<Pixels> {
  const heights = (zUm: number | Pixels): number | Pixels =>
    typeof zUm === 'number' ? zUm : turnPlane(zUm, size, turn);
  const inputs = seen.map(({ image, zUm }) => ({
    image: turnPlane(image, size, turn),
    zUm: heights(zUm),
  }));
  const plane = await refocus(inputs, heights(target), turnedSize(size, turn), signal);
  return turnPlaneBack(plane, size, turn);
}
