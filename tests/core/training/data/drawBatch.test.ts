import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/util/random';
import { drawScenes } from '#core/training/data/drawScenes';
import { drawBatch } from '#core/training/data/drawBatch';
import type { TrainingTask } from '#core/training/data/TrainingTask';

const TASK: TrainingTask = {
  inputCounts: [
    { count: 3, odds: 3 },
    { count: 1, odds: 1 },
  ],
  spacingUm: [2.4, 4.4],
  beyondUm: 0.5,
  beyondAloneUm: 2.2,
  nearestLast: 0.5,
  cropPx: 96,
  batchSize: 6,
  gain: 1.35,
  shift: 0.05,
};
const VOLUMES = [
  { width: 128, height: 100, planes: 61, zStepUm: 0.25 },
  { width: 64, height: 64, planes: 61, zStepUm: 0.25 },
  { width: 128, height: 128, planes: 41, zStepUm: 0.2 },
];

function batches(count: number, task = TASK) {
  const random = createRandom(7);
  return Array.from({ length: count }, () => drawBatch(random, VOLUMES, task));
}

describe('drawBatch', () => {
  it('keeps inputs, targets and crops within what was asked for', () => {
    for (const example of batches(400).flat()) {
      const { planes, zStepUm, width, height } = VOLUMES[example.volume];
      const inputs = example.inputs.toSorted((a, b) => a - b);
      for (let k = 1; k < inputs.length; k++) {
        const spacingUm = (inputs[k] - inputs[k - 1]) * zStepUm;
        expect(spacingUm).toBeGreaterThan(2.4 - zStepUm);
        expect(spacingUm).toBeLessThan(4.4 + zStepUm);
      }
      const beyond = (inputs.length > 1 ? 0.5 : 2.2) / zStepUm + 0.5;
      expect(example.target).toBeGreaterThanOrEqual(Math.max(0, inputs[0] - beyond));
      expect(example.target).toBeLessThanOrEqual(Math.min(planes - 1, inputs.at(-1)! + beyond));
      expect(example.left + 96).toBeLessThanOrEqual(width);
      expect(example.top + 96).toBeLessThanOrEqual(height);
      expect(Math.abs(Math.log(example.gain))).toBeLessThanOrEqual(Math.log(1.35));
    }
  });

  it('gives all examples of a batch as many inputs, as often as the odds say', () => {
    const counts = batches(800).map((batch) => new Set(batch.map(({ inputs }) => inputs.length)));
    expect(counts.every((set) => set.size === 1)).toBe(true);
    const threes = counts.filter((set) => set.has(3)).length / 800;
    // Five standard deviations.
    expect(Math.abs(threes - 0.75)).toBeLessThan(5 * Math.sqrt((0.75 * 0.25) / 800));
  });

  it('uses every volume that is large enough, and no other', () => {
    expect(new Set(batches(100).flatMap((batch) => batch.map(({ volume }) => volume)))).toEqual(
      new Set([0, 2]),
    );
  });

  it('puts the nearest input last when that is asked for always', () => {
    for (const { inputs, target } of batches(100, { ...TASK, nearestLast: 1 }).flat()) {
      const distances = inputs.map((z) => Math.abs(target - z));
      expect(distances.toSorted((a, b) => b - a)).toEqual(distances);
    }
  });

  it('gives the same batches for the same seed', () => {
    expect(batches(5)).toEqual(batches(5));
  });

  it('says when no volume is large enough', () => {
    const random = createRandom(1);
    expect(() => drawBatch(random, VOLUMES, { ...TASK, cropPx: 200 })).toThrow(RangeError);
  });

  it('draws from scenes whose inputs and targets the task allows, and says which', () => {
    const random = createRandom(5);
    const scenes = drawScenes(random, VOLUMES, TASK, { scenesPerVolume: 8, targetsPerScene: 3 });
    expect(scenes.some(({ volume }) => volume === 1)).toBe(false);
    const counts = new Set<number>();
    for (let k = 0; k < 60; k++) {
      const batch = drawBatch(random, VOLUMES, TASK, scenes);
      counts.add(batch[0].inputs.length);
      for (const { volume, inputs, target, fitted } of batch) {
        expect(inputs).toHaveLength(batch[0].inputs.length);
        const scene = scenes[fitted!.scene];
        expect(scene.volume).toBe(volume);
        expect(inputs.toSorted((a, b) => a - b)).toEqual(scene.inputs);
        expect(scene.targets[fitted!.target]).toBe(target);
      }
    }
    expect(counts).toEqual(new Set([1, 3]));
    expect(() => drawBatch(random, VOLUMES, TASK, [])).toThrow(RangeError);
  });
});
