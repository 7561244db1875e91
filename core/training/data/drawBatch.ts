import type { Random } from '#core/util/random';
import { canHold, drawCount, drawInputs, drawTarget } from './drawPlanes';
import type { TrainingScene } from './drawScenes';
import type { TrainingTask, TrainingVolume } from './TrainingTask';

/** What a network is asked, and what it should answer: planes and a crop of one volume. */
export interface TrainingExample {
  /** Number of the volume. */
  readonly volume: number;
  /** Measured planes, in the order in which the network sees them. */
  readonly inputs: readonly number[];
  /** The plane to make. */
  readonly target: number;
  readonly left: number;
  readonly top: number;
  /** Quarter turns, counted anticlockwise, done first. */
  readonly turns: number;
  /** Whether rows are reversed, done second. */
  readonly flipped: boolean;
  /** Which fitted plane the network sees, too: of which scene, and for which of its targets. */
  readonly fitted?: { readonly scene: number; readonly target: number };
  /** Factor of all values, done third. */
  readonly gain: number;
  /** Added to all values, done last. */
  readonly shift: number;
}

/**
 * Draws one batch of examples as Recurrent-MZ and Deep-Z are trained: inputs at random depths, a target
 * at random between or near them, the order of the inputs, a crop, quarter turns and flips.
 *
 * @param random the stream that decides everything
 * @param volumes at least as large as the crops and as deep as the inputs are apart
 * @param scenes inputs and targets to choose among. @default any that the task allows
 * @throws RangeError when no volume can hold a crop or the inputs, or there is no scene
 * @see Huang L. et al., Light: Science and Applications 10, 2021, doi:10.1038/s41377-021-00506-9
 */
export function drawBatch(
  random: Random,
  volumes: readonly TrainingVolume[],
  task: TrainingTask,
  scenes: readonly TrainingScene[] | null = null,
): TrainingExample[] {
  if (scenes) return drawFromScenes(random, volumes, task, scenes);
  const count = drawCount(random, task);
  const usable = usableVolumes(volumes, count, task);
  return Array.from({ length: task.batchSize }, () => {
    const volume = usable[random.below(usable.length)];
    const inputs = drawInputs(random, volumes[volume], count, task);
    const target = drawTarget(random, volumes[volume], inputs, task);
    return { ...drawView(random, volumes[volume], inputs, target, task), volume };
  });
}

function usableVolumes(
  volumes: readonly TrainingVolume[],
  count: number,
  task: TrainingTask,
): number[] {
  const usable = volumes.flatMap((volume, i) => (canHold(volume, count, task) ? [i] : []));
  if (usable.length > 0) return usable;
  throw new RangeError(`No volume can hold ${count} inputs and crops of ${task.cropPx} pixels.`);
}

function drawFromScenes(
  random: Random,
  volumes: readonly TrainingVolume[],
  task: TrainingTask,
  scenes: readonly TrainingScene[],
): TrainingExample[] {
  if (scenes.length === 0) throw new RangeError('There is no scene.');
  // Scenes have as many inputs as often as the task wants.
  const count = scenes[random.below(scenes.length)].inputs.length;
  const usable = scenes.flatMap(({ inputs }, i) => (inputs.length === count ? [i] : []));
  return Array.from({ length: task.batchSize }, () => {
    const scene = usable[random.below(usable.length)];
    const { volume, inputs, targets } = scenes[scene];
    const target = random.below(targets.length);
    const view = drawView(random, volumes[volume], inputs, targets[target], task);
    return { ...view, volume, fitted: { scene, target } };
  });
}

function drawView(
  random: Random,
  { width, height }: TrainingVolume,
  inputs: readonly number[],
  target: number,
  { nearestLast, cropPx, gain = 1, shift = 0 }: TrainingTask,
): Omit<TrainingExample, 'volume'> {
  return {
    inputs: ordered(random, inputs, target, nearestLast),
    target,
    left: random.below(width - cropPx + 1),
    top: random.below(height - cropPx + 1),
    turns: random.below(4),
    flipped: random.uniform() < 0.5,
    gain: random.logBetween(1 / gain, gain),
    shift: random.between(-shift, shift),
  };
}

function ordered(
  random: Random,
  inputs: readonly number[],
  target: number,
  nearestLast: number,
): number[] {
  const distance = (z: number): number => Math.abs(target - z);
  if (random.uniform() < nearestLast) return inputs.toSorted((a, b) => distance(b) - distance(a));
  const shuffled = [...inputs];
  for (let k = shuffled.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [shuffled[k], shuffled[other]] = [shuffled[other], shuffled[k]];
  }
  return shuffled;
}
