import { expect, it } from 'vitest';
import { planesAhead } from '#core/image/planesAhead';
import { scanValues } from '#core/image/scanValues';
import { rampStack } from '#tests/helpers/rampStack';

const shape = (x: number, y: number) => ({ t: 1, c: 1, z: 9, y, x });

it.each([
  [shape(512, 512), 'uint16', 3],
  [shape(8192, 8192), 'uint8', 3],
  [shape(8192, 8192), 'uint16', 2],
  [shape(8192, 8192), 'float32', 1],
  [shape(60_000, 60_000), 'float32', 1],
] as const)('planes of %o in %s leave room for %i at a time', (size, pixelType, ahead) => {
  expect(planesAhead({ shape: size, pixelType })).toBe(ahead);
});

it('goes by what was asked for where memory allows it', () => {
  const small = { shape: shape(64, 64), pixelType: 'uint8' } as const;
  expect(planesAhead(small, 12)).toBe(12);
  expect(planesAhead(small, 0)).toBe(1);
});

it('keeps a scan of very large planes to one in the making', async () => {
  let reading = 0;
  let most = 0;
  const source = {
    levels: [{ width: 20_000, height: 20_000 }],
    read: async () => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading--;
      return new Float32Array(1);
    },
    close: () => Promise.resolve(),
  };
  const stack = { ...rampStack(shape(1, 1), 'float32'), shape: shape(20_000, 20_000), source };
  expect(await scanValues(stack)).toMatchObject({ min: 0, max: 0 });
  expect(most).toBe(1);
});
