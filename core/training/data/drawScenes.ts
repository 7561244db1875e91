import type { Random } from '#core/util/random';
import { canHold, drawCount, drawInputs, drawTarget } from './drawPlanes';
import type { TrainingTask, TrainingVolume } from './TrainingTask';

/** Planes of a volume that a specimen is fitted to, and the planes to make of them. */
export interface TrainingScene {
  readonly volume: number;
  /** In rising order. */
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/**
 * Draws what specimens are fitted to: fits take time, so that examples share them.
 *
 * @returns scenes of every volume that can hold them
 */
export function drawScenes(
  random: Random,
  volumes: readonly TrainingVolume[],
  task: TrainingTask,
  {
    scenesPerVolume,
    targetsPerScene,
  }: Pick<NonNullable<TrainingTask['fitted']>, 'scenesPerVolume' | 'targetsPerScene'>,
): TrainingScene[] {
  return volumes.flatMap((volume, number) =>
    Array.from({ length: scenesPerVolume }, () => drawCount(random, task))
      .filter((count) => canHold(volume, count, task))
      .map((count) => {
        const inputs = drawInputs(random, volume, count, task);
        const draw = (): number => drawTarget(random, volume, inputs, task);
        return { volume: number, inputs, targets: Array.from({ length: targetsPerScene }, draw) };
      }),
  );
}
