import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StackShape } from '#core/image/ImageStack';
import { memoryByteSource } from '#core/io/memoryByteSource';
import { openImage } from '#core/io/openImage';

interface Fixture {
  readonly file: string;
  readonly format: string;
  readonly pixelType: string;
  readonly shape: StackShape;
  /** Sum of each plane: t slowest, then c, then z. */
  readonly planeSums: readonly number[];
  readonly corner: number;
  readonly pixelSizeUm?: object;
}

const folder = join(import.meta.dirname, '../../../fixtures/io');
const fixtures: Fixture[] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

describe('TIFFs that tifffile wrote', () => {
  it.each(fixtures)('$file opens as it was written', async (fixture) => {
    const bytes = readFileSync(join(folder, fixture.file));
    const stack = await openImage(memoryByteSource(fixture.file, bytes));
    const { format, pixelType, shape } = fixture;
    expect(stack).toMatchObject({ format, pixelType, shape });
    if (fixture.pixelSizeUm) expect(stack.calibration.pixelSizeUm).toEqual(fixture.pixelSizeUm);
    const sums: number[] = [];
    let corner = NaN;
    for (let t = 0; t < shape.t; t++) {
      for (let c = 0; c < shape.c; c++) {
        for (let z = 0; z < shape.z; z++) {
          const pixels = await stack.source.read({ t, c, z });
          sums.push(Array.from(pixels).reduce((sum, value) => sum + value, 0));
          corner = pixels.at(-1) ?? NaN;
        }
      }
    }
    expect(sums).toEqual(fixture.planeSums);
    expect(corner).toBe(fixture.corner);
  });
});
