import type { Random } from '#core/util/random';

/** A stack that examples are drawn from. */
export interface TrainingVolume {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly zStepUm: number;
}

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
  /** Factor of all values, done third. */
  readonly gain: number;
  /** Added to all values, done last. */
  readonly shift: number;
}

/** How examples are drawn; lengths in micrometres. */
export interface TrainingTask {
  /** How often which number of inputs occurs; all examples of a batch have the same. */
  readonly inputCounts: readonly { readonly count: number; readonly odds: number }[];
  /** Least and largest distance of neighbouring inputs. */
  readonly spacingUm: readonly [number, number];
  /** How far outside its inputs a target may lie. */
  readonly beyondUm: number;
  /** How far from a single input a target may lie. */
  readonly beyondAloneUm: number;
  /**
   * How far apart planes are compared for spectral interpolation, whose plane the network then sees as its last
   * image; without it, networks see measured planes alone.
   */
  readonly correlationUm?: number;
  /** Share of examples whose nearest input comes last; the others have any order. */
  readonly nearestLast: number;
  /** Side of the crops in pixels. */
  readonly cropPx: number;
  readonly batchSize: number;
  /** Factors lie between this and its inverse. @default 1 */
  readonly gain?: number;
  /** Shifts lie between this and its negative. @default 0 */
  readonly shift?: number;
}

/**
 * Draws one batch of examples as Recurrent-MZ and Deep-Z are trained: inputs at random depths, a target
 * at random between or near them, the order of the inputs, a crop, quarter turns and flips.
 *
 * @param random the stream that decides everything
 * @param volumes at least as large as the crops and as deep as the inputs are apart
 * @throws RangeError when no volume can hold a crop or the inputs
 * @see Huang L. et al., Light: Science and Applications 10, 2021, doi:10.1038/s41377-021-00506-9
 */
export function drawBatch(
  random: Random,
  volumes: readonly TrainingVolume[],
  task: TrainingTask,
): TrainingExample[] {
  const count = drawCount(random, task);
  const usable = volumes.flatMap((volume, i) => (canHold(volume, count, task) ? [i] : []));
  if (usable.length === 0) {
    throw new RangeError(`No volume can hold ${count} inputs and crops of ${task.cropPx} pixels.`);
  }
  return Array.from({ length: task.batchSize }, () => {
    const volume = usable[random.below(usable.length)];
    return drawExample(random, volumes[volume], volume, count, task);
  });
}

function drawExample(
  random: Random,
  { width, height, planes, zStepUm }: TrainingVolume,
  volume: number,
  count: number,
  { spacingUm, beyondUm, beyondAloneUm, nearestLast, cropPx, gain = 1, shift = 0 }: TrainingTask,
): TrainingExample {
  const inputs = drawInputs(
    random,
    planes,
    count,
    spacingUm.map((um) => um / zStepUm),
  );
  const beyond = Math.round((count > 1 ? beyondUm : beyondAloneUm) / zStepUm);
  const first = Math.max(0, inputs[0] - beyond);
  const last = Math.min(planes - 1, inputs[inputs.length - 1] + beyond);
  const target = first + random.below(last - first + 1);
  return {
    volume,
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

function drawCount(random: Random, { inputCounts }: TrainingTask): number {
  const total = inputCounts.reduce((sum, { odds }) => sum + odds, 0);
  let left = random.uniform() * total;
  for (const { count, odds } of inputCounts) {
    left -= odds;
    if (left < 0) return count;
  }
  return inputCounts[inputCounts.length - 1].count;
}

function canHold(volume: TrainingVolume, count: number, task: TrainingTask): boolean {
  const { width, height, planes, zStepUm } = volume;
  const span = Math.ceil(((count - 1) * task.spacingUm[0]) / zStepUm);
  return Math.min(width, height) >= task.cropPx && span + 1 <= planes;
}

/** Inputs from the first plane on, drawn again until they fit. */
function drawInputs(
  random: Random,
  planes: number,
  count: number,
  [least, most]: readonly number[],
): number[] {
  for (;;) {
    let at = 0;
    const offsets = [0];
    for (let k = 1; k < count; k++) offsets.push(Math.round((at += random.between(least, most))));
    const span = offsets[count - 1];
    if (span >= planes) continue;
    const first = random.below(planes - span);
    return offsets.map((offset) => first + offset);
  }
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
