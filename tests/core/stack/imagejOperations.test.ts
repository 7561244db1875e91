import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StackShape } from '#core/image/ImageStack';
import { differenceFromImageJ, operate } from '#tests/helpers/imagejOperations';
import { rampStack } from '#tests/helpers/rampStack';

const { shape, results } = JSON.parse(
  readFileSync('tests/fixtures/algorithms/imagejOperations.json', 'utf8'),
) as {
  shape: StackShape;
  results: { operation: string; bits: number; samples: number[] }[];
};

describe('what ImageJ 1.54f makes of a 16-bit stack', () => {
  it.each(results)('is made here too: $operation', async ({ operation, bits, samples }) => {
    const ours = await operate(rampStack(shape, 'uint16'), operation);
    const how = { planeSize: shape.x * shape.y, whole: bits < 32 };
    const allowed = bits === 32 ? 3e-7 * Math.max(...samples) : 0;
    expect(differenceFromImageJ(operation, ours, samples, how)).toBeLessThanOrEqual(allowed);
  });
});
