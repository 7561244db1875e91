import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLzw } from '#core/io/tiff/decodeLzw';
import { decodePackBits } from '#core/io/tiff/decodePackBits';
import { decodeZstd } from '#core/io/tiff/decodeZstd';
import { inflateBounded } from '#core/io/tiff/inflateBounded';
import { sampleView } from '#core/io/tiff/sampleView';
import { swapBytes } from '#core/io/tiff/swapBytes';
import { undoDifferences } from '#core/io/tiff/undoPredictor';

describe('decodePackBits', () => {
  it("unpacks the example of Apple's technical note 1023", () => {
    const packed = Uint8Array.of(
      0xfe,
      0xaa,
      0x02,
      0x80,
      0x00,
      0x2a,
      0xfd,
      0xaa,
      0x03,
      0x80,
      0x00,
      0x2a,
      0x22,
      0xf7,
      0xaa,
    );
    const plain = [
      0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22, 0xaa,
      0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa,
    ];
    expect([...decodePackBits(packed, 24)]).toEqual(plain);
    expect([...decodePackBits(packed, 5)]).toEqual(plain.slice(0, 5));
    expect(decodePackBits(packed.subarray(0, 6), 24)).toHaveLength(6);
  });
});

describe('decodeLzw', () => {
  it('unpacks the example of TIFF 6.0, section 13', () => {
    // Codes 256 7 258 8 8 258 6 6 257 of nine bits each stand for 7 7 7 8 8 7 7 6 6.
    const codes = [256, 7, 258, 8, 8, 258, 6, 6, 257];
    const bits = codes
      .map((code) => code.toString(2).padStart(9, '0'))
      .join('')
      .padEnd(88, '0');
    const packed = Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
    expect([...decodeLzw(packed, 9)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6]);
  });

  it('ends without harm on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        fc.pre(!(bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1));
        expect(decodeLzw(bytes, 1000).length).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it('names the old variant', () => {
    expect(() => decodeLzw(Uint8Array.of(0, 1, 2), 9)).toThrow(/1992/u);
  });
});

describe('inflateBounded', () => {
  it('gives back what was packed, as far as asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(300), async (bytes, length) => {
        const packed = new Uint8Array(deflateSync(bytes));
        expect([...(await inflateBounded(packed, length))]).toEqual([...bytes.subarray(0, length)]);
      }),
      { numRuns: 30 },
    );
  });

  it('gives what comes before the damage', async () => {
    const noise = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i * 31) >> 3);
    const packed = new Uint8Array(deflateSync(noise));
    const part = await inflateBounded(packed.slice(0, packed.length / 2), noise.length);
    expect(part.length).toBeLessThan(noise.length);
    expect(await inflateBounded(Uint8Array.of(1, 2, 3), 10)).toHaveLength(0);
  });
});

describe('decodeZstd', () => {
  // A frame of one run-length block: 5 times the byte 7 (RFC 8878).
  const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x2b, 0, 0, 7);

  it('unpacks a frame', async () => {
    expect([...(await decodeZstd(frame, 5))]).toEqual([7, 7, 7, 7, 7]);
  });

  it('gives nothing for damaged data', async () => {
    expect(await decodeZstd(Uint8Array.of(1, 2, 3, 4, 5), 5)).toHaveLength(0);
    expect(await decodeZstd(frame.subarray(0, 7), 5)).toHaveLength(0);
    expect(await decodeZstd(frame, 4)).toHaveLength(0);
  });
});

describe('samples', () => {
  it('of half precision become the numbers that IEEE 754 states', () => {
    const halves = Uint16Array.of(
      0x3c00,
      0xc000,
      0x7bff,
      0x0001,
      0x0400,
      0x8000,
      0x7c00,
      0xfc00,
      0x3555,
    );
    const values = sampleView(new Uint8Array(halves.buffer), 'float16');
    expect([...values]).toEqual([
      1,
      -2,
      65504,
      2 ** -24,
      2 ** -14,
      -0,
      Infinity,
      -Infinity,
      0.333251953125,
    ]);
    expect(sampleView(new Uint8Array(Uint16Array.of(0x7e00).buffer), 'float16')[0]).toBeNaN();
  });

  it('turn their bytes around, and twice gives the same', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    swapBytes(bytes, 4);
    expect([...bytes]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
    swapBytes(bytes, 4);
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('add up their differences row by row and wrap around', () => {
    const bytes = Uint8Array.of(250, 10, 1, 1, 2, 3);
    undoDifferences(bytes, 3, 1, 1);
    expect([...bytes]).toEqual([250, 4, 5, 1, 3, 6]);
  });
});
