import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { autoThreshold } from '#core/threshold/autoThreshold';
import {
  METHODS_OF_VARIANT,
  THRESHOLD_METHODS,
  type ThresholdMethod,
} from '#core/threshold/ThresholdMethod';
import { planeHistogram } from '#core/threshold/planeHistogram';
import { planeOf } from '#tests/helpers/planes';
import { sceneHistogram, thresholdScenes } from '#tests/helpers/thresholdScenes';
import { describeWith, runJava, runPythonText } from '#tests/helpers/referencePrograms';

const SCENES = [...thresholdScenes(8, 60), ...thresholdScenes(16, 60)];
const SCIKIT_METHODS = METHODS_OF_VARIANT['scikit-image'];

const THRESHOLDS = `
import json, sys, numpy
from skimage import filters
methods, images = sys.argv[1].split(','), []
for k in range(2, len(sys.argv), 3):
    image = numpy.fromfile(sys.argv[k], sys.argv[k + 2]).reshape(-1, int(sys.argv[k + 1]))
    if image.dtype.kind == 'f':
        image = image.astype('f8')
    images.append({m: float(getattr(filters, 'threshold_' + m)(image.copy())) for m in methods})
print(json.dumps(images))
`;

let folder: string;
const fileOf = (i: number): string => join(folder, `${i}.raw`);

async function writeScenes(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'axial-thresholds-'));
  await Promise.all(SCENES.map(({ pixels }, i) => writeFile(fileOf(i), pixels)));
}

type ImageJAnswers = {
  readonly [method in ThresholdMethod]: {
    window: number;
    light: number;
    levels: number | null;
  };
};

describeWith('imagej', 'autoThreshold against ImageJ 1.54f', () => {
  let answers: ImageJAnswers[];
  beforeAll(async () => {
    await writeScenes();
    const images = SCENES.flatMap(({ width, height, pixels }, i) => [
      fileOf(i),
      String(width),
      String(height),
      String(8 * pixels.BYTES_PER_ELEMENT),
    ]);
    answers = await runJava(
      'imagej',
      'tests/reference/programs/ThresholdWithImageJ.java',
      ...images,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(THRESHOLD_METHODS)('splits 8 and 16 bits by %s where its window does', async (method) => {
    for (const [i, scene] of SCENES.entries()) {
      const histogram = await sceneHistogram(scene);
      const { threshold } = autoThreshold(histogram, {
        method,
        variant: 'imagej',
      });
      expect.soft(threshold + 1, scene.name).toBe(answers[i][method].window);
      const how = { method, variant: 'imagej', lightBackground: true } as const;
      expect
        .soft(autoThreshold(histogram, how).threshold, scene.name)
        .toBe(answers[i][method].light);
    }
  });

  // Its triangle looks beyond the last level, and its huang does not round means to levels.
  it.each(THRESHOLD_METHODS.filter((method) => method !== 'triangle' && method !== 'huang'))(
    'equals its %s with classes counted from the lowest level',
    async (method) => {
      let compared = 0;
      for (const [i, scene] of SCENES.entries()) {
        const { levels } = answers[i][method];
        if (levels === null) continue;
        const histogram = await sceneHistogram(scene);
        const { threshold } = autoThreshold(histogram, {
          method,
          variant: 'fiji',
        });
        expect.soft(threshold, scene.name).toBe(levels);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(50);
    },
  );
});

describeWith('python', 'autoThreshold against scikit-image', () => {
  let answers: { readonly [method: string]: number }[];
  beforeAll(async () => {
    await writeScenes();
    const images = SCENES.flatMap(({ width, pixels }, i) => [
      fileOf(i),
      String(width),
      pixels instanceof Uint8Array ? 'u1' : '<u2',
    ]);
    answers = await runPythonText(THRESHOLDS, SCIKIT_METHODS.join(','), ...images);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(SCIKIT_METHODS)('equals its %s on 8 and 16 bits', async (method) => {
    for (const [i, scene] of SCENES.entries()) {
      const histogram = await sceneHistogram(scene);
      const { threshold } = autoThreshold(histogram, {
        method,
        variant: 'scikit-image',
      });
      expect.soft(threshold, scene.name).toBeCloseTo(answers[i][method], 8);
    }
  });

  it('is within a fine class of its answers on fractions', async () => {
    const { width, height, pixels } = SCENES[60];
    const plane = planeOf(width, height, (x, y) => pixels[y * width + x] / 7);
    await writeFile(fileOf(0), plane.data);
    const methods = SCIKIT_METHODS.join(',');
    const [theirs] = await runPythonText<{ [method: string]: number }[]>(
      THRESHOLDS,
      methods,
      fileOf(0),
      String(width),
      '<f4',
    );
    const histogram = planeHistogram(plane);
    for (const method of SCIKIT_METHODS) {
      const { threshold } = autoThreshold(histogram, {
        method,
        variant: 'scikit-image',
      });
      expect
        .soft(Math.abs(threshold - theirs[method]), method)
        .toBeLessThanOrEqual(histogram.binWidth);
    }
  });
});
