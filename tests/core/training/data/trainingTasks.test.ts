import { describe, expect, it } from 'vitest';
import { drawBatch } from '#core/training/data/drawBatch';
import { TRAINING_TASKS } from '#core/training/data/trainingTasks';
import { createRandom } from '#core/util/random';

const VOLUMES = [{ width: 256, height: 256, planes: 61, zStepUm: 0.5 }];

describe.each([...TRAINING_TASKS])('The task %s', (name, task) => {
  const random = createRandom(5);
  const examples = Array.from({ length: 200 }, () => drawBatch(random, VOLUMES, task));

  it('fills batches of its size, with one input where it is for Deep-Z', () => {
    for (const batch of examples) {
      expect(batch).toHaveLength(task.batchSize);
      for (const { inputs } of batch) {
        expect(inputs.length).toBeLessThanOrEqual(name.startsWith('deep-z') ? 1 : 3);
      }
    }
  });

  it('asks for planes as far from the inputs as the objective can refocus', () => {
    const farthestUm = Math.max(
      ...examples.flat().map(({ inputs, target }) => {
        return 0.5 * Math.min(...inputs.map((z) => Math.abs(target - z)));
      }),
    );
    expect(farthestUm).toBeLessThanOrEqual(Math.max(task.beyondAloneUm, task.spacingUm[1] / 2));
  });
});
