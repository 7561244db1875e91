import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackShape } from '#core/image/ImageStack';
import { pixelsFromBytes } from '#tests/helpers/pixelsFromBytes';
import { differenceFromImageJ, IMAGEJ_OPERATIONS, operate } from '#tests/helpers/imagejOperations';
import { rampStack } from '#tests/helpers/rampStack';
import { describeWith, runJava } from '#tests/helpers/referencePrograms';

const BITS = { uint8: 8, uint16: 16, float32: 32 } as const;
const SHAPES: StackShape[] = [
  { t: 1, c: 1, z: 6, y: 17, x: 23 },
  { t: 1, c: 1, z: 5, y: 31, x: 2 },
  { t: 1, c: 1, z: 2, y: 1, x: 14 },
];

describe('small operations', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-operations-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describeWith('imagej', 'against ImageJ 1.54f', () => {
    it.each(['uint8', 'uint16', 'float32'] as const)('give the same in %s', async (pixelType) => {
      for (const shape of SHAPES) {
        const stack = rampStack(shape, pixelType);
        const file = join(folder, `${pixelType}${shape.x}.raw`);
        const size = shape.x * shape.y;
        await writeFile(
          file,
          Buffer.concat(stack.planes.map((plane) => new Uint8Array(plane.buffer))),
        );
        const numbers = [shape.x, shape.y, shape.z, BITS[pixelType]].map(String);
        const program = 'tests/reference/programs/OperateWithImageJ.java';
        const operations = IMAGEJ_OPERATIONS.flatMap((text) => text.split(' '));
        const bits = await runJava<number[]>('imagej', program, file, ...numbers, ...operations);
        for (const [i, operation] of IMAGEJ_OPERATIONS.entries()) {
          const theirs = pixelsFromBytes(await readFile(`${file}.${i}`), bits[i]);
          const ours = await operate(stack, operation);
          const how = { planeSize: size, whole: bits[i] < 32 };
          const difference = differenceFromImageJ(operation, ours, theirs, how);
          const largest = Math.max(...ours.map(Math.abs));
          // Sums of floats are rounded once more there.
          const allowed = bits[i] === 32 ? 3e-7 * largest : 0;
          expect
            .soft(difference, `${operation} ${shape.x} x ${shape.y}`)
            .toBeLessThanOrEqual(allowed);
        }
      }
    });
  });
});
