import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { triangleThreshold } from '#core/threshold/triangleThreshold';
import { planeOf, seededRandom } from '#tests/helpers/planes';
import { describeWith, runPythonText } from '#tests/helpers/referencePrograms';

const THRESHOLD = `
import json, sys, numpy
from skimage.filters import threshold_triangle
image = numpy.fromfile(sys.argv[1], '<f4').reshape(int(sys.argv[2]), -1)
if sys.argv[3] == 'integer':
    image = image.astype(numpy.int32)
print(json.dumps(float(threshold_triangle(image.astype(numpy.float64) if image.dtype.kind == 'f' else image))))
`;

/** Dim background with noise and a bright disc, or its negative. */
function discPlane(seed: number, integral: boolean, negative: boolean): Plane {
  const random = seededRandom(seed);
  const [width, height] = [60 + 7 * seed, 50 + 3 * seed];
  return planeOf(width, height, (x, y) => {
    const inside = (x - 30) ** 2 + (y - 25) ** 2 < (8 + seed) ** 2;
    const noise = (random() + random() + random() - 1.5) * 30;
    const value = 200 + noise + (inside ? 150 + 900 * random() : 0);
    const signed = negative ? 3000 - value : value;
    return integral ? Math.round(signed) : signed;
  });
}

describeWith('python', 'triangleThreshold against scikit-image', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-threshold-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const theirs = async (plane: Plane, kind: 'integer' | 'float'): Promise<number> => {
    const file = join(folder, 'plane.raw');
    await writeFile(file, plane.data);
    return runPythonText<number>(THRESHOLD, file, String(plane.height), kind);
  };

  it.each([1, 2, 3])('is equal on whole numbers (scene %i and its negative)', async (seed) => {
    for (const negative of [false, true]) {
      const plane = discPlane(seed, true, negative);
      const { threshold } = triangleThreshold(plane, {
        variant: 'scikit-image',
      });
      expect(threshold).toBe(await theirs(plane, 'integer'));
    }
  });

  it.each([1, 2, 3])('is equal on fractions (scene %i and its negative)', async (seed) => {
    for (const negative of [false, true]) {
      const plane = discPlane(seed, false, negative);
      const { threshold } = triangleThreshold(plane, {
        variant: 'scikit-image',
      });
      expect(threshold).toBeCloseTo(await theirs(plane, 'float'), 6);
    }
  });
});
