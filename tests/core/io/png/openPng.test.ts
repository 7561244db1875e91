import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '#tests/helpers/crc32';
import { memoryByteSource } from '#core/io/memoryByteSource';
import { openImage } from '#core/io/openImage';

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** A PNG whose rows (each with its filter byte) are given. */
function png(
  width: number,
  height: number,
  depth: number,
  colour: number,
  rows: Uint8Array,
  further: readonly Uint8Array[] = [],
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colour], 8);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    chunk('IHDR', header),
    ...further,
    chunk('IDAT', new Uint8Array(deflateSync(rows))),
    chunk('IEND', new Uint8Array(0)),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

const open = (bytes: Uint8Array) => openImage(memoryByteSource('a.png', bytes));
const PLANE = { t: 0, c: 0, z: 0 };

describe('openPng', () => {
  it('reads 8-bit grey', async () => {
    const stack = await open(png(3, 2, 8, 0, Uint8Array.of(0, 1, 2, 3, 0, 4, 5, 6)));
    expect(stack).toMatchObject({
      format: 'png',
      pixelType: 'uint8',
      shape: { t: 1, c: 1, z: 1, y: 2, x: 3 },
    });
    expect([...(await stack.source.read(PLANE))]).toEqual([1, 2, 3, 4, 5, 6]);
    const region = { x: 1, y: 1, width: 2, height: 1 };
    expect([...(await stack.source.read(PLANE, { region }))]).toEqual([5, 6]);
  });

  it('reads 16-bit grey', async () => {
    const stack = await open(png(2, 1, 16, 0, Uint8Array.of(0, 1, 2, 255, 254)));
    expect([...(await stack.source.read(PLANE))]).toEqual([258, 65534]);
  });

  it('turns colours into channels', async () => {
    const stack = await open(png(2, 1, 8, 2, Uint8Array.of(0, 1, 2, 3, 4, 5, 6)));
    expect(stack.calibration.channels.map(({ name }) => name)).toEqual(['Red', 'Green', 'Blue']);
    expect([...(await stack.source.read({ t: 0, c: 2, z: 0 }))]).toEqual([3, 6]);
  });

  it('refuses palettes, sizes that lie, and damage, in words', async () => {
    await expect(open(png(8, 1, 1, 0, Uint8Array.of(0, 1)))).rejects.toMatchObject({
      name: 'UnsupportedFileError',
    });
    await expect(open(png(60_000, 60_000, 8, 0, Uint8Array.of(0)))).rejects.toThrow(/cannot hold/u);
    const whole = png(3, 2, 8, 0, Uint8Array.of(0, 1, 2, 3, 0, 4, 5, 6));
    for (let length = 8; length < whole.length - 13; length++) {
      const reading = open(whole.slice(0, length)).then((stack) => stack.source.read(PLANE));
      await expect(reading).rejects.toMatchObject({ name: 'DamagedFileError' });
    }
  });

  it('says that other files are of another kind', async () => {
    await expect(open(new TextEncoder().encode('GIF89a'))).rejects.toThrow(
      /neither a TIFF nor a PNG/u,
    );
    await expect(open(new Uint8Array(0))).rejects.toThrow(/empty/u);
  });
});

describe('the resolution of a PNG', () => {
  const physical = (x: number, y: number, unit: number): Uint8Array => {
    const data = new Uint8Array(9);
    const view = new DataView(data.buffer);
    view.setUint32(0, x);
    view.setUint32(4, y);
    data[8] = unit;
    return chunk('pHYs', data);
  };
  const gamma = chunk('gAMA', new Uint8Array(4));
  it.each([
    ['pixels per metre', [gamma, physical(10_000_000, 5_000_000, 1)], { x: 0.1, y: 0.2 }],
    ['a mere ratio of sides', [physical(2, 1, 0)], { x: null, y: null }],
    ['72 dots per inch', [physical(2835, 2835, 1)], { x: null, y: null }],
    ['nothing per metre', [physical(0, 0, 1)], { x: null, y: null }],
    ['nothing', [gamma], { x: null, y: null }],
    [
      'a chunk that claims to be huge',
      [Uint8Array.of(255, 255, 255, 255, 97, 98, 99, 100)],
      { x: null, y: null },
    ],
  ])('is read from %s', async (_, further, { x, y }) => {
    const stack = await open(png(2, 1, 8, 0, Uint8Array.of(0, 1, 2), further));
    expect(stack.calibration.pixelSizeUm).toEqual({ x, y, z: null });
  });
});
