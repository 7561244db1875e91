import type { Random } from '#core/util/random';
import type { TrainingTask, TrainingVolume } from './TrainingTask';

/** How many inputs. */
export function drawCount(random: Random, { inputCounts }: TrainingTask): number {
  const total = inputCounts.reduce((sum, { odds }) => sum + odds, 0);
  let left = random.uniform() * total;
  for (const { count, odds } of inputCounts) {
    left -= odds;
    if (left < 0) return count;
  }
  return inputCounts[inputCounts.length - 1].count;
}

/** Whether crops and inputs fit. */
export function canHold(volume: TrainingVolume, count: number, task: TrainingTask): boolean {
  const { width, height, planes, zStepUm } = volume;
  const span = Math.ceil(((count - 1) * task.spacingUm[0]) / zStepUm);
  return Math.min(width, height) >= task.cropPx && span + 1 <= planes;
}

/** Inputs in rising order, drawn again until they fit. */
export function drawInputs(
  random: Random,
  { planes, zStepUm }: TrainingVolume,
  count: number,
  { spacingUm }: TrainingTask,
): number[] {
  const [least, most] = spacingUm.map((um) => um / zStepUm);
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

/** A plane between the inputs, or as near as the task allows. */
export function drawTarget(
  random: Random,
  { planes, zStepUm }: TrainingVolume,
  inputs: readonly number[],
  { beyondUm, beyondAloneUm }: TrainingTask,
): number {
  const beyond = Math.round((inputs.length > 1 ? beyondUm : beyondAloneUm) / zStepUm);
  const first = Math.max(0, inputs[0] - beyond);
  const last = Math.min(planes - 1, inputs[inputs.length - 1] + beyond);
  return first + random.below(last - first + 1);
}
