import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backgroundUnder } from '#core/background/backgroundUnder';
import { subtractBackground } from '#core/background/subtractBackground';
import { allocatePixels, type PixelArray, type PixelType } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';
import { toPixelType } from '#core/image/toPixelType';
import { planeOf, seededRandom } from '#tests/helpers/planes';
import { describeWith, runJava, runPythonText } from '#tests/helpers/referencePrograms';

const BALL = `
import sys, numpy
from skimage.restoration import rolling_ball
image = numpy.fromfile(sys.argv[1], sys.argv[3]).reshape(int(sys.argv[2]), -1)
rolling_ball(image, radius=float(sys.argv[4])).tofile(sys.argv[1])
print('{}')
`;

interface Case {
  readonly pixelType: PixelType;
  readonly radiusPx: number;
  readonly width: number;
  readonly height: number;
  readonly lightBackground: boolean;
  readonly smooth: boolean;
}

const BITS = { uint8: 8, uint16: 16, float32: 32 } as const;

/** Discs on a slope, with noise. */
function scene({ pixelType, width, height, lightBackground, radiusPx }: Case): Plane {
  const random = seededRandom(width * height + radiusPx);
  const top = pixelType === 'uint8' ? 250 : 6000;
  return planeOf(width, height, (x, y) => {
    const inside = (x % 23) ** 2 + ((y % 31) - 9) ** 2 < 40;
    const value = top * (0.1 + 0.3 * (x / width) * (y / height) + 0.03 * random());
    const signal = Math.min(top, value + (inside ? 0.4 * top * random() : 0));
    const signed = lightBackground ? top - signal : signal;
    return pixelType === 'float32' ? signed / 7 : Math.round(signed);
  });
}

const CASES: Case[] = (['uint8', 'uint16', 'float32'] as const).flatMap((pixelType) =>
  [1, 4, 10, 17, 25, 50, 130].flatMap((radiusPx, i) => [
    { pixelType, radiusPx, width: 97, height: 83, lightBackground: i % 2 === 1, smooth: true },
    { pixelType, radiusPx, width: 64, height: 51, lightBackground: i % 2 === 0, smooth: false },
  ]),
);

function ours(plane: Plane, how: Case, variant: 'imagej' | 'scikit-image'): PixelArray {
  const background = backgroundUnder(plane, { ...how, variant });
  return toPixelType(subtractBackground(plane, background, how).data, how.pixelType);
}

function fromBytes(bytes: Buffer, pixelType: PixelType): PixelArray {
  const pixels = allocatePixels(pixelType, (8 * bytes.length) / BITS[pixelType]);
  new Uint8Array(pixels.buffer).set(bytes);
  return pixels;
}

describe('backgroundUnder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-ball-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const fileOf = (i: number): string => join(folder, `${i}.raw`);

  describeWith('imagej', 'against ImageJ 1.54f', () => {
    beforeAll(async () => {
      const args: string[] = [];
      for (const [i, how] of CASES.entries()) {
        await writeFile(fileOf(i), toPixelType(scene(how).data, how.pixelType));
        const { width, height, radiusPx, lightBackground, smooth } = how;
        const numbers = [width, height, BITS[how.pixelType], radiusPx].map(String);
        args.push(fileOf(i), ...numbers, String(lightBackground), String(smooth));
      }
      await runJava('imagej', 'tests/reference/programs/RollBallWithImageJ.java', ...args);
    });

    it.each(CASES.map((how, i) => ({ ...how, i })))(
      'subtracts the same ($pixelType, radius $radiusPx, light $lightBackground, smooth $smooth)',
      async ({ i, ...how }) => {
        const theirs = fromBytes(await readFile(fileOf(i)), how.pixelType);
        const mine = ours(scene(how), how, 'imagej');
        const differences = Float32Array.from(mine, (value, k) => Math.abs(value - theirs[k]));
        if (how.pixelType === 'float32') {
          expect(Math.max(...differences)).toBeLessThan(0.001);
          return;
        }
        expect(Math.max(...differences)).toBeLessThanOrEqual(1);
        const unequal = differences.filter((difference) => difference > 0).length;
        expect(unequal / differences.length).toBeLessThan(0.001);
      },
    );
  });

  describeWith('python', 'against scikit-image', () => {
    it.each(['uint8', 'uint16', 'float32'] as const)('finds the same in %s', async (pixelType) => {
      for (const radiusPx of [1, 6, 15, 20.5]) {
        const how = { pixelType, radiusPx, width: 61, height: 47, lightBackground: false };
        const plane = scene({ ...how, smooth: false });
        const file = join(folder, `${pixelType}.raw`);
        await writeFile(file, toPixelType(plane.data, pixelType));
        const dtype = { uint8: 'u1', uint16: '<u2', float32: '<f4' }[pixelType];
        await runPythonText(BALL, file, String(how.height), dtype, String(radiusPx));
        const theirs = fromBytes(await readFile(file), pixelType);
        const found = backgroundUnder(plane, { ...how, variant: 'scikit-image', smooth: false });
        const whole = (value: number): number =>
          pixelType === 'float32' ? value : Math.trunc(value);
        found.data.forEach((value, i) => expect(whole(value)).toBeCloseTo(theirs[i], 3));
      }
    });
  });
});
