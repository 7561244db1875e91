import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { autoThreshold } from '#core/threshold/autoThreshold';
import { THRESHOLD_METHODS } from '#core/threshold/ThresholdMethod';
import { seededRandom } from '#tests/helpers/planes';
import {
  sceneHistogram,
  thresholdScenes,
  wideThresholdScenes,
  type ThresholdScene,
} from '#tests/helpers/thresholdScenes';
import { describeWith, runPython } from '#tests/helpers/referencePrograms';

/** Pixels drawn from a histogram of random length and shape, with peaks anywhere. */
function randomHistogramScene(seed: number): ThresholdScene {
  const random = seededRandom(4000 + seed);
  const levels = 3 + Math.floor(400 * random() ** 2);
  const shape = Array.from({ length: levels }, () => (random() < 0.3 ? 0 : random() ** 6));
  shape[Math.floor(levels * random())] = 3 * random();
  const start = Math.floor(5000 * random());
  const values = shape.flatMap((share, level) =>
    Array<number>(Math.round(200 * share)).fill(start + level),
  );
  // Three levels at least: of two, any split is the same.
  const pixels = Uint16Array.from([...values, start, start + 1, start + levels]);
  return { name: `random ${seed}`, width: pixels.length, height: 1, pixels };
}

const SCENES = [
  ...thresholdScenes(16, 24),
  ...wideThresholdScenes(48),
  ...Array.from({ length: 300 }, (_, seed) => randomHistogramScene(seed)),
];

describeWith('python', 'autoThreshold with a class for each level, against numpy', () => {
  let folder: string;
  let answers: { readonly [method: string]: number }[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-levels-'));
    const files = SCENES.map((_, i) => join(folder, `${i}.raw`));
    await Promise.all(SCENES.map(({ pixels }, i) => writeFile(files[i], pixels)));
    answers = await runPython('tests/reference/threshold/levelThresholds.py', ...files);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(THRESHOLD_METHODS)(
    'follows the rules of Fiji on wide 16-bit images: %s',
    async (method) => {
      for (const [i, scene] of SCENES.entries()) {
        const { threshold } = autoThreshold(await sceneHistogram(scene), {
          method,
          variant: 'fiji',
        });
        expect.soft(threshold, scene.name).toBe(answers[i][method]);
      }
    },
  );

  it('follows the rule of MATLAB users by triangle', async () => {
    for (const [i, scene] of SCENES.entries()) {
      const how = { method: 'triangle', variant: 'matlab' } as const;
      const { threshold } = autoThreshold(await sceneHistogram(scene), how);
      expect.soft(threshold, scene.name).toBe(answers[i]['matlab']);
    }
  });
});
