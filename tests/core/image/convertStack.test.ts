import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertStack } from '#core/image/convertStack';
import type { ImageStack, ValueMapping } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { PixelArray, PixelType } from '#core/image/PixelType';
import { pixelTypeOf } from '#core/image/PixelType';
import { isAxialError } from '#core/util/errors';
import { rampStack } from '#tests/helpers/rampStack';

function stackOf(planes: PixelArray[], valueMapping: ValueMapping | null = null): ImageStack {
  const [first] = planes;
  const shape = { t: 1, c: 1, z: planes.length, y: 1, x: first.length };
  const pixelType = pixelTypeOf(first);
  const source = memoryPlaneSource(shape, planes);
  return { ...rampStack(shape, pixelType), source, valueMapping };
}

async function samplesOf(stack: ImageStack): Promise<number[]> {
  const all: number[] = [];
  for (let z = 0; z < stack.shape.z; z++) {
    const pixels = await stack.source.read({ t: 0, c: 0, z });
    expect(pixelTypeOf(pixels)).toBe(stack.pixelType);
    all.push(...pixels);
  }
  return all;
}

function valueOf(stored: number, mapping: ValueMapping | null): number {
  return mapping ? stored * mapping.scale + mapping.offset : stored;
}

const floats = fc.float32Array({
  minLength: 1,
  maxLength: 40,
  noNaN: true,
  noDefaultInfinity: true,
});
const integerTypes = fc.constantFrom<'uint8' | 'uint16'>('uint8', 'uint16');
const LEVELS = { uint8: 255, uint16: 65535 };

describe('convertStack', () => {
  it('to integers keeps a mapping that recovers every value to half a step', async () => {
    await fc.assert(
      fc.asyncProperty(floats, integerTypes, async (values, type) => {
        const stack = stackOf([Float32Array.from(values)]);
        const converted = await convertStack(stack, type);
        const { valueMapping } = converted;
        const half = (valueMapping?.scale ?? 0) * 0.5 * (1 + 1e-9);
        (await samplesOf(converted)).forEach((stored, i) => {
          expect(stored).toBeLessThanOrEqual(LEVELS[type]);
          expect(Math.abs(valueOf(stored, valueMapping) - values[i])).toBeLessThanOrEqual(half);
        });
      }),
    );
  });

  it('scales by the range of all planes, from 0 to the largest integer', async () => {
    const planes = [Float32Array.of(0.5, 1.5), Float32Array.of(-1, 2)];
    const converted = await convertStack(stackOf(planes), 'uint8');
    expect(await samplesOf(converted)).toEqual([128, 213, 0, 255]);
    expect(converted.valueMapping).toEqual({ offset: -1, scale: 3 / 255 });
    expect(converted.notes.at(-1)).toBe(
      'Converted from float32 to uint8: -1 to 2 are stored as 0 to 255 (value = stored * 0.01176471 + -1).',
    );
  });

  it('keeps whole numbers that fit as they are', async () => {
    const converted = await convertStack(stackOf([Float32Array.of(0, 7, 65535)]), 'uint16');
    expect(await samplesOf(converted)).toEqual([0, 7, 65535]);
    expect(converted.valueMapping).toBeNull();
    expect(converted.notes.at(-1)).toContain('without scaling');
  });

  it('scales 16 bits to 8 unless they fit', async () => {
    const scaled = await convertStack(stackOf([Uint16Array.of(100, 355, 610)]), 'uint8');
    expect(await samplesOf(scaled)).toEqual([0, 128, 255]);
    expect(scaled.valueMapping).toEqual({ offset: 100, scale: 2 });
    const fitting = await convertStack(stackOf([Uint16Array.of(3, 255)]), 'uint8');
    expect(await samplesOf(fitting)).toEqual([3, 255]);
    expect(fitting.valueMapping).toBeNull();
  });

  it('widens 8 bits to 16 without looking', async () => {
    const stack = stackOf([Uint8Array.of(0, 255)]);
    const converted = await convertStack(stack, 'uint16');
    expect(await samplesOf(converted)).toEqual([0, 255]);
    expect(converted.valueMapping).toBeNull();
  });

  it('takes a given range, clips outside it and reads nothing before it is asked', async () => {
    let reads = 0;
    const stack = stackOf([Float32Array.of(-5, 0, 1, 2, 9, Number.NaN)]);
    const source = {
      ...stack.source,
      read: (...call: Parameters<typeof stack.source.read>) => {
        reads++;
        return stack.source.read(...call);
      },
    };
    const range = { min: 0, max: 2 };
    const converted = await convertStack({ ...stack, source }, 'uint8', { range });
    expect(reads).toBe(0);
    expect(await samplesOf(converted)).toEqual([0, 0, 128, 255, 255, 0]);
    expect(converted.notes.at(-1)).toContain('clipped');
  });

  it('counts what is no number or infinite, and stores it as 0 or an end of the range', async () => {
    const values = Float32Array.of(Number.NaN, -Infinity, 0.5, 1.5, Infinity, Number.NaN);
    const converted = await convertStack(stackOf([values]), 'uint8');
    expect(await samplesOf(converted)).toEqual([0, 0, 0, 255, 255, 0]);
    const note = converted.notes.at(-1);
    expect(note).toContain('2 samples that are not a number become 0.');
    expect(note).toContain('2 samples that are infinite become the end of the range.');
  });

  it.each([
    ['constant', [2.5, 2.5], [0, 0], { offset: 2.5, scale: 1 }],
    ['constant and negative', [-3, -3], [0, 0], { offset: -3, scale: 1 }],
    ['without any number', [Number.NaN, Number.NaN], [0, 0], null],
  ] as const)('converts data that are %s', async (_, values, stored, mapping) => {
    const converted = await convertStack(stackOf([Float32Array.from(values)]), 'uint16');
    expect(await samplesOf(converted)).toEqual(stored);
    expect(converted.valueMapping).toEqual(mapping);
  });

  it('to float32 is exact, and applies a mapping that the integers had', async () => {
    const plain = await convertStack(stackOf([Uint16Array.of(0, 65535)]), 'float32');
    expect(await samplesOf(plain)).toEqual([0, 65535]);
    const mapped = stackOf([Uint16Array.of(0, 4)], { offset: -1, scale: 0.25 });
    const values = await convertStack(mapped, 'float32');
    expect(await samplesOf(values)).toEqual([-1, 0]);
    expect(values.valueMapping).toBeNull();
  });

  it('chains mappings: 16 bits that stand for values still do so in 8', async () => {
    const mapped = stackOf([Uint16Array.of(0, 510, 1020)], { offset: -1, scale: 0.5 });
    const converted = await convertStack(mapped, 'uint8');
    const values = (await samplesOf(converted)).map((s) => valueOf(s, converted.valueMapping));
    expect(values).toEqual([-1, 255, 509]);
  });

  it('reads regions like the source, and is the stack itself when nothing is to be done', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 1, y: 5, x: 7 }, 'uint16');
    expect(await convertStack(stack, 'uint16')).toBe(stack);
    const converted = await convertStack(stack, 'float32');
    const region = { x: 2, y: 1, width: 3, height: 2 };
    const index = { t: 0, c: 0, z: 0 };
    const expected = [...(await stack.source.read(index, { region }))];
    expect([...(await converted.source.read(index, { region }))]).toEqual(expected);
  });

  it('refuses an empty range, and ends as cancelled when the signal is aborted', async () => {
    const stack = stackOf([Float32Array.of(0.5, 1)]);
    const failure = async (promise: Promise<unknown>) =>
      await promise.catch((error: unknown) => error);
    for (const range of [
      { min: 1, max: 1 },
      { min: 0, max: Number.NaN },
    ]) {
      const error = await failure(convertStack(stack, 'uint8', { range }));
      expect(isAxialError(error, 'UsageError')).toBe(true);
    }
    const controller = new AbortController();
    controller.abort();
    const type: PixelType = 'uint8';
    const error = await failure(convertStack(stack, type, { signal: controller.signal }));
    expect(isAxialError(error, 'CancelledError')).toBe(true);
  });
});
