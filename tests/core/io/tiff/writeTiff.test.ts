import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import type { PixelArray, PixelType } from '#core/image/PixelType';
import type { ByteSink } from '#core/io/ByteSink';
import type { ByteSource } from '#core/io/ByteSource';
import { openTiff } from '#core/io/tiff/openTiff';
import { writeImageJTiff } from '#core/io/tiff/writeImageJTiff';
import { writeOmeTiff } from '#core/io/tiff/writeOmeTiff';
import { isAxialError } from '#core/util/errors';
import { memoryByteSink } from '#tests/helpers/memoryByteSink';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';

const NAMES = ['DAPI', 'GFP', 'Cy5', 'µ'];
const size = (max: number) => fc.integer({ min: 1, max });
const shapes: fc.Arbitrary<StackShape> = fc.record({
  t: size(3),
  c: size(4),
  z: size(4),
  y: size(40),
  x: size(40),
});
const pixelTypes = fc.constantFrom<PixelType>('uint8', 'uint16', 'float32');

function sourceOf(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    name: 'ramp.tif',
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

function known(shape: StackShape, pixelType: PixelType) {
  const calibration = fullCalibration(NAMES.slice(0, shape.c));
  return rampStack(shape, pixelType, { calibration, valueMapping: { offset: -2.5, scale: 0.01 } });
}

/** Number of the first sample that differs, by its bits; -1 where none does. */
function firstDifference(actual: PixelArray, expected: PixelArray): number {
  if (actual.length !== expected.length) return Math.min(actual.length, expected.length);
  return expected.findIndex((value, i) => !Object.is(actual[i], value));
}

async function expectSamePixels(read: ImageStack, written: ReturnType<typeof rampStack>) {
  const { t: times, c: channels, z: depth } = written.shape;
  expect(read.shape).toEqual(written.shape);
  expect(read.pixelType).toBe(written.pixelType);
  for (let page = 0; page < written.planes.length; page++) {
    const t = Math.floor(page / (channels * depth));
    const index = { t, c: Math.floor(page / depth) % channels, z: page % depth };
    expect(t).toBeLessThan(times);
    expect(firstDifference(await read.source.read(index), written.planes[page])).toBe(-1);
  }
}

describe('writeOmeTiff', () => {
  it('writes what openTiff reads: the same samples, calibration, mapping and name', async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes,
        pixelTypes,
        fc.constantFrom('none' as const, 'deflate' as const),
        fc.boolean(),
        async (shape, pixelType, compression, bigTiff) => {
          const stack = known(shape, pixelType);
          const sink = memoryByteSink();
          await writeOmeTiff(stack, sink, { compression, bigTiff });
          const read = await openTiff(sourceOf(sink.bytes()));
          await expectSamePixels(read, stack);
          expect(read.calibration).toEqual(stack.calibration);
          expect(read.valueMapping).toEqual(stack.valueMapping);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('splits packed planes into strips that share rows evenly', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 2, y: 333, x: 1001 }, 'uint16');
    const sink = memoryByteSink();
    await writeOmeTiff(stack, sink, { compression: 'deflate' });
    await expectSamePixels(await openTiff(sourceOf(sink.bytes())), stack);
  });

  it('takes BigTIFF by itself when the file could pass 4 GB, and not before', async () => {
    const version = async (z: number) => {
      const stack = rampStack({ t: 1, c: 1, z: 1, y: 4, x: 4 }, 'uint8');
      let header: Uint8Array = new Uint8Array(0);
      const counting: ByteSink = {
        ...memoryByteSink(),
        write: (offset, bytes) => {
          if (offset === 0) header = bytes;
          return Promise.resolve();
        },
      };
      const plane = new Uint8Array(2 ** 20);
      const shape = { t: 1, c: 1, z, y: 1024, x: 1024 };
      const source = { ...stack.source, read: () => Promise.resolve(plane) };
      await writeOmeTiff({ ...stack, shape, source }, counting);
      return header[2];
    };
    expect(await version(4000)).toBe(42);
    expect(await version(4200)).toBe(43);
  });

  it('tells the sum of the samples in the order t, c, z, whatever the packing', async () => {
    const stack = rampStack({ t: 2, c: 2, z: 2, y: 3, x: 5 }, 'uint16');
    for (const compression of ['none', 'deflate'] as const) {
      const seen: number[] = [];
      const hasher = { update: (bytes: Uint8Array) => seen.push(...bytes), hex: () => 'c0ffee' };
      const sink = memoryByteSink();
      await writeOmeTiff(stack, sink, { compression, hasher });
      expect(seen).toEqual(stack.planes.flatMap((plane) => [...new Uint8Array(plane.buffer)]));
      expect(new TextDecoder().decode(sink.bytes())).toContain('sha256="c0ffee"');
    }
  });

  it('holds no more planes than it was allowed to', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 20, y: 8, x: 8 }, 'uint8');
    let begun = 0;
    let written = 0;
    let most = 0;
    const source = {
      ...stack.source,
      read: async (...call: Parameters<typeof stack.source.read>) => {
        most = Math.max(most, ++begun - written);
        return await stack.source.read(...call);
      },
    };
    await writeOmeTiff({ ...stack, source }, memoryByteSink(), {
      readAheadPlanes: 4,
      onPlane: (done) => (written = done),
    });
    expect(begun).toBe(20);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('ends as cancelled, and commits nothing, when the signal is aborted on the way', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 20, y: 8, x: 8 }, 'uint8');
    const controller = new AbortController();
    const sink = memoryByteSink();
    const written = writeOmeTiff(stack, sink, {
      signal: controller.signal,
      onPlane: (done) => done === 3 && controller.abort(),
    });
    const error: unknown = await written.catch((caught: unknown) => caught);
    expect(isAxialError(error, 'CancelledError')).toBe(true);
    expect(sink.state()).toBe('open');
  });

  it('passes on what the source throws, at the plane where it happens', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 9, y: 8, x: 8 }, 'uint8');
    let last = 0;
    const source = {
      ...stack.source,
      read: (...call: Parameters<typeof stack.source.read>) =>
        call[0].z === 4 ? Promise.reject(new Error('broken')) : stack.source.read(...call),
    };
    const options = { onPlane: (done: number) => (last = done) };
    const written = writeOmeTiff({ ...stack, source }, memoryByteSink(), options);
    await expect(written).rejects.toThrow('broken');
    expect(last).toBe(4);
  });

  it('refuses a source whose planes do not fit the stack', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 1, y: 8, x: 8 }, 'uint8');
    const other = rampStack({ t: 1, c: 1, z: 1, y: 8, x: 8 }, 'uint16');
    const written = writeOmeTiff({ ...stack, source: other.source }, memoryByteSink());
    await expect(written).rejects.toThrow(RangeError);
  });
});

describe('writeImageJTiff', () => {
  it('writes what openTiff reads: the same samples, calibration and mapping', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, pixelTypes, async (shape, pixelType) => {
        const stack = known(shape, pixelType);
        const sink = memoryByteSink();
        await writeImageJTiff(stack, sink);
        const read = await openTiff(sourceOf(sink.bytes()));
        await expectSamePixels(read, stack);
        expect(read.calibration).toEqual(stack.calibration);
        expect(read.valueMapping).toEqual(stack.valueMapping);
      }),
      { numRuns: 60 },
    );
  });

  it('tells a pixel size of 1 um from one that nobody knows', async () => {
    const shape = { t: 1, c: 1, z: 2, y: 3, x: 3 };
    const pixelSizeUm = { x: 1, y: null, z: 1 };
    const calibration = { ...fullCalibration(['a']), pixelSizeUm };
    const sink = memoryByteSink();
    await writeImageJTiff(rampStack(shape, 'uint8', { calibration }), sink);
    const read = await openTiff(sourceOf(sink.bytes()));
    expect(read.calibration.pixelSizeUm).toEqual(pixelSizeUm);
  });

  it('keeps a single directory, as ImageJ does, where offsets would pass 4 GB', async () => {
    const small = rampStack({ t: 1, c: 1, z: 1, y: 1, x: 1 }, 'uint8');
    const plane = new Uint8Array(2 ** 20);
    const source = { ...small.source, read: () => Promise.resolve(plane) };
    const written = async (z: number) => {
      const starts = memoryByteSink();
      let end = 0;
      const sink: ByteSink = {
        ...starts,
        write: (offset, bytes) => {
          end = Math.max(end, offset + bytes.length);
          return offset < 100 ? starts.write(offset, bytes) : Promise.resolve();
        },
      };
      const shape = { t: 1, c: 1, z, y: 1024, x: 1024 };
      await writeImageJTiff({ ...small, shape, source }, sink);
      const view = new DataView(starts.bytes().buffer);
      const next = view.getUint32(8 + 2 + view.getUint16(8) * 12);
      return { next, behindPixels: end > z * 2 ** 20 + 2 ** 16 };
    };
    expect(await written(4000)).toMatchObject({ behindPixels: true });
    expect(await written(4100)).toEqual({ next: 0, behindPixels: false });
  });
});
