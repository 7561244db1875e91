import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode } from 'fast-png';
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
  interlaced = false,
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colour, 0, 0, Number(interlaced)], 8);
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

/** Rows of any bytes, each with a filter: every such text is an image. */
const images = fc
  .record({
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 19 }),
    depth: fc.constantFrom(8, 16),
    colour: fc.constantFrom(0, 2, 4, 6),
    interlaced: fc.boolean(),
  })
  .chain((form) => {
    const { width, height, depth, colour, interlaced } = form;
    const pixelBytes = ({ 0: 1, 2: 3, 4: 2, 6: 4 }[colour] ?? 0) * (depth / 8);
    // The passes as the specification draws them: which pass each pixel of an 8 x 8 square belongs to.
    const square = '16462646777777775656565677777777364636467777777756565656777777777';
    const passOf = (x: number, y: number) => (interlaced ? square[(y % 8) * 8 + (x % 8)] : '1');
    const rows: number[] = [];
    for (const pass of interlaced ? '1234567' : '1') {
      for (let y = 0; y < height; y++) {
        let count = 0;
        for (let x = 0; x < width; x++) if (passOf(x, y) === pass) count++;
        if (count > 0) rows.push(count * pixelBytes);
      }
    }
    const row = (length: number) =>
      fc
        .tuple(
          fc.integer({ min: 0, max: 4 }),
          fc.uint8Array({ minLength: length, maxLength: length }),
        )
        .map(([filter, bytes]) => [filter, ...bytes]);
    return fc.tuple(fc.constant(form), fc.tuple(...rows.map(row)));
  })
  .map(([{ width, height, depth, colour, interlaced }, rows]) =>
    png(width, height, depth, colour, Uint8Array.from(rows.flat()), [], interlaced),
  );

describe('the pixels of a PNG', () => {
  it('are those that an independent decoder finds, whatever the filters and passes', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (bytes) => {
        const stack = await open(bytes);
        const expected = decode(bytes);
        const { c: channels, y, x } = stack.shape;
        expect([x, y, channels]).toEqual([expected.width, expected.height, expected.channels]);
        for (let c = 0; c < channels; c++) {
          const plane = Array.from({ length: x * y }, (_, i) => expected.data[i * channels + c]);
          expect([...(await stack.source.read({ t: 0, c, z: 0 }))]).toEqual(plane);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are refused when one bit of them changed', async () => {
    const whole = png(3, 2, 8, 0, Uint8Array.of(0, 1, 2, 3, 0, 4, 5, 6));
    for (let bit = 12 * 8; bit < (whole.length - 16) * 8; bit++) {
      const bytes = whole.slice();
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const reading = open(bytes).then((stack) => stack.source.read(PLANE));
      await expect(reading).rejects.toMatchObject({ name: expect.stringMatching(/FileError$/u) });
    }
  });

  it('take no more memory than they need, however much the chunks hold', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(200_000_000)));
    const zText = chunk('zTXt', new Uint8Array(Buffer.concat([Buffer.from('a\0\0'), bomb])));
    const whole = png(2, 1, 8, 0, Uint8Array.of(0, 1, 2), [zText]);
    const head = png(2, 1, 8, 0, Uint8Array.of()).subarray(0, 33);
    const end = chunk('IEND', new Uint8Array(0));
    const swollen = new Uint8Array(Buffer.concat([head, chunk('IDAT', bomb), end]));
    const before = process.memoryUsage().rss;
    for (const [bytes, values] of [
      [whole, [1, 2]],
      [swollen, [0, 0]],
    ] as const) {
      expect([...(await (await open(bytes)).source.read(PLANE))]).toEqual(values);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });
});
