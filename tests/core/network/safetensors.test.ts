import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowToHalf, widenHalf } from '#core/network/halfPrecision';
import { readSafetensors } from '#core/network/readSafetensors';
import { writeSafetensors } from '#core/network/writeSafetensors';

function fileOf(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

describe('safetensors', () => {
  it('gives back what was written', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
    const tensor = shape.chain((lengths) => {
      const count = lengths.reduce((a, b) => a * b, 1);
      return fc
        .array(fc.float(), { minLength: count, maxLength: count })
        .map((values) => ({ shape: lengths, data: Float32Array.from(values) }));
    });
    const name = fc
      .string({ minLength: 1 })
      .filter((text) => text !== '__metadata__' && text !== '__proto__');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, tensor), { maxLength: 4 }), (entries) => {
        const weights = new Map(entries);
        expect(readSafetensors(writeSafetensors(weights))).toEqual(weights);
      }),
    );
  });

  it('reads bytes that start at an odd offset of their buffer', () => {
    const weights = new Map([['a', { shape: [2], data: Float32Array.of(1.5, -2) }]]);
    const bytes = writeSafetensors(weights);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(readSafetensors(shifted.subarray(1))).toEqual(weights);
  });

  it('widens half precision, with its smallest, largest and special values', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x8000, 0x7c00, 0x3555);
    const header = { h: { dtype: 'F16', shape: [7], data_offsets: [0, 14] } };
    const values = readSafetensors(fileOf(header, new Uint8Array(halves.buffer))).get('h')?.data;
    expect([...(values ?? [])]).toEqual([1, -2, 2 ** -24, 65504, -0, Infinity, 0.333251953125]);
  });

  // Values of IEEE 754-2008 binary16: largest, rounding to infinity, ties to even, subnormal.
  it.each([
    [65504, 0x7bff],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [-Infinity, 0xfc00],
    [-0, 0x8000],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 - 2 ** -12, 0x4000],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1.5 * 2 ** -24, 0x0002],
    [2 ** -14, 0x0400],
    [1e-9, 0],
    [0, 0],
    [NaN, 0x7e00],
  ])('rounds %d to a half', (value, bits) => {
    expect(narrowToHalf(Float32Array.of(value))[0]).toBe(bits);
  });

  it('narrows what it widened to the same bits', () => {
    const halves = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
      (bits) => (bits & 0x7c00) !== 0x7c00 || (bits & 0x3ff) === 0,
    );
    expect(narrowToHalf(widenHalf(halves))).toEqual(halves);
  });

  it.each([
    ['an empty file', new Uint8Array()],
    ['a header longer than the file', fileOf('{}').subarray(0, 9)],
    ['a header that is no JSON', fileOf('{"a":')],
    ['a header of another kind', fileOf([1, 2])],
    ['a header that describes no tensors', fileOf({ a: 1 })],
    ['data that ends too early', fileOf({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } })],
    [
      'a shape that does not fit the data',
      fileOf({ a: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, new Uint8Array(8)),
    ],
  ])('calls %s damaged', (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(
      expect.objectContaining({ tag: 'DamagedFileError' }),
    );
  });

  it('says which number types it reads', () => {
    const bytes = fileOf(
      { a: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } },
      new Uint8Array(8),
    );
    expect(() => readSafetensors(bytes)).toThrow(
      expect.objectContaining({ tag: 'UnsupportedFileError' }),
    );
  });
});
