import { describe, expect, it } from 'vitest';
import type { ByteSource } from '#core/io/ByteSource';
import { memoryByteSource } from '#core/io/memoryByteSource';
import { openTiff } from '#core/io/tiff/openTiff';
import type { OpenOptions } from '#core/io/OpenOptions';
import { buildTiff, counting, greyPage } from '#tests/helpers/buildTiff';
import type { BuiltPage } from '#tests/helpers/buildTiff';

const SIZE = { width: 4, height: 3 };

/** Pages of 4 x 3 pixels; the first value of page n is 10 n. */
function tenPages(
  count: number,
  options: { description?: string; rowsPerStrip?: number } = {},
): BuiltPage[] {
  return Array.from({ length: count }, (_, i) =>
    greyPage(counting(12, i * 10), {
      ...SIZE,
      rowsPerStrip: options.rowsPerStrip ?? 3,
      ...(i === 0 && options.description !== undefined ? { description: options.description } : {}),
    }),
  );
}

function open(bytes: Uint8Array, options: OpenOptions = {}) {
  return openTiff(memoryByteSource('test.tif', bytes), options);
}

async function firstValues(stack: Awaited<ReturnType<typeof openTiff>>): Promise<number[]> {
  const values: number[] = [];
  for (let t = 0; t < stack.shape.t; t++) {
    for (let c = 0; c < stack.shape.c; c++) {
      for (let z = 0; z < stack.shape.z; z++) {
        values.push((await stack.source.read({ t, c, z }))[0] ?? -1);
      }
    }
  }
  return values;
}

function omeXml(sizes: string, tiffData: string, uuid = ''): string {
  return (
    `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"${uuid && ` UUID="${uuid}"`}>` +
    `<Image ID="Image:0"><Pixels ID="Pixels:0" Type="uint8" SizeX="4" SizeY="3" ${sizes}>${tiffData}</Pixels></Image></OME>`
  );
}

describe.each([
  { littleEndian: true, big: false },
  { littleEndian: false, big: false },
  { littleEndian: true, big: true },
  { littleEndian: false, big: true },
])('a plain TIFF, %o', (form) => {
  it('puts its pages along z', async () => {
    const stack = await open(buildTiff({ pages: tenPages(5), ...form }));
    expect(stack.shape).toEqual({ t: 1, c: 1, z: 5, y: 3, x: 4 });
    expect(stack.pixelType).toBe('uint8');
    expect(stack.calibration.pixelSizeUm).toEqual({ x: null, y: null, z: null });
    expect(await firstValues(stack)).toEqual([0, 10, 20, 30, 40]);
  });

  it('gives the pixels of a region over several strips', async () => {
    const stack = await open(buildTiff({ pages: tenPages(2, { rowsPerStrip: 1 }), ...form }));
    const region = { x: 1, y: 1, width: 2, height: 2 };
    expect([...(await stack.source.read({ t: 0, c: 0, z: 1 }, { region }))]).toEqual([
      15, 16, 19, 20,
    ]);
  });
});

describe('the axes of a plain TIFF', () => {
  const bytes = buildTiff({ pages: tenPages(6) });

  it('are those that the user names, slowest first', async () => {
    const stack = await open(bytes, { axes: 'tz', sizes: { z: 3 } });
    expect(stack.shape).toMatchObject({ t: 2, c: 1, z: 3 });
    expect(await firstValues(stack)).toEqual([0, 10, 20, 30, 40, 50]);
    const other = await open(bytes, { axes: 'zc', sizes: { c: 2 } });
    expect(await firstValues(other)).toEqual([0, 20, 40, 10, 30, 50]);
  });

  it.each([
    [{ axes: 'tz', sizes: { z: 4 } }],
    [{ axes: 'tz' }],
    [{ axes: 'zz', sizes: { z: 2 } }],
    [{ axes: 'q' }],
    [{ axes: 'z', sizes: { t: 2 } }],
  ])('must fit the pages: %o', async (options) => {
    await expect(open(bytes, options)).rejects.toMatchObject({ name: 'UsageError' });
  });
});

describe('an ImageJ hyperstack', () => {
  const description =
    'ImageJ=1.54f\nimages=12\nchannels=2\nslices=3\nframes=2\nhyperstack=true\nspacing=0.5\nunit=um\n';
  const expected = [0, 20, 40, 10, 30, 50, 60, 80, 100, 70, 90, 110];

  it('runs over channels, then slices, then frames', async () => {
    const stack = await open(buildTiff({ pages: tenPages(12, { description }) }));
    expect(stack.format).toBe('imagej-tiff');
    expect(stack.shape).toMatchObject({ t: 2, c: 2, z: 3 });
    expect(stack.calibration.pixelSizeUm.z).toBe(0.5);
    expect(await firstValues(stack)).toEqual(expected);
  });

  it('may have one page with all planes behind its first', async () => {
    const planes = new Uint8Array(12 * 12);
    for (let i = 0; i < 12; i++) planes.set(counting(12, i * 10), i * 12);
    const tags = [{ tag: 279, type: 4, values: [12] }] as const;
    const page = { ...greyPage(counting(12), { ...SIZE, description, tags }), strips: [planes] };
    const stack = await open(buildTiff({ pages: [page], littleEndian: false }));
    expect(await firstValues(stack)).toEqual(expected);
  });
});

describe('an OME-TIFF', () => {
  it.each([
    ['XYZCT', [0, 10, 20, 30, 40, 50, 60, 70]],
    ['XYCZT', [0, 20, 10, 30, 40, 60, 50, 70]],
    ['XYTCZ', [0, 40, 20, 60, 10, 50, 30, 70]],
  ])('follows the order %s', async (order, values) => {
    const description = omeXml(
      `DimensionOrder="${order}" SizeZ="2" SizeC="2" SizeT="2"`,
      '<TiffData/>',
    );
    const stack = await open(buildTiff({ pages: tenPages(8, { description }) }));
    expect(stack.format).toBe('ome-tiff');
    expect(await firstValues(stack)).toEqual(values);
  });

  it('finds planes where its TiffData elements say', async () => {
    const data = '<TiffData IFD="3" FirstZ="0"/><TiffData IFD="0" FirstZ="1" PlaneCount="2"/>';
    const description = omeXml('DimensionOrder="XYZCT" SizeZ="3" SizeC="1" SizeT="1"', data);
    const stack = await open(buildTiff({ pages: tenPages(4, { description }) }));
    expect(await firstValues(stack)).toEqual([30, 0, 10]);
  });

  const set = omeXml(
    'DimensionOrder="XYZCT" SizeZ="4" SizeC="1" SizeT="1"',
    '<TiffData IFD="0" PlaneCount="2"><UUID FileName="a.ome.tif">urn:uuid:a</UUID></TiffData>' +
      '<TiffData IFD="0" FirstZ="2" PlaneCount="2"><UUID FileName="b.ome.tif">urn:uuid:b</UUID></TiffData>',
    'urn:uuid:a',
  );
  const main = buildTiff({ pages: tenPages(2, { description: set }) });

  it('reads the planes of the other files of its set', async () => {
    const second = buildTiff({ pages: tenPages(4).slice(2), big: true });
    const asked: string[] = [];
    const resolveSibling = (name: string): Promise<ByteSource | null> => {
      asked.push(name);
      return Promise.resolve(memoryByteSource(name, second));
    };
    const stack = await open(main, { resolveSibling });
    expect(await firstValues(stack)).toEqual([0, 10, 20, 30]);
    expect(new Set(asked)).toEqual(new Set(['b.ome.tif']));
  });

  it('names a file of its set that is missing, and opens the rest on request', async () => {
    const resolveSibling = (): Promise<null> => Promise.resolve(null);
    await expect(open(main, { resolveSibling })).rejects.toThrow('"b.ome.tif"');
    const stack = await open(main, { resolveSibling, readablePart: true });
    expect((await stack.source.read({ t: 0, c: 0, z: 1 }))[0]).toBe(10);
    await expect(stack.source.read({ t: 0, c: 0, z: 2 })).rejects.toThrow('"b.ome.tif"');
  });
});

describe('pages that are not plain grey', () => {
  it('keep white-is-zero values and say so', async () => {
    const tags = [{ tag: 262, type: 3, values: [0] }] as const;
    const stack = await open(buildTiff({ pages: [greyPage(counting(12), { ...SIZE, tags })] }));
    expect((await stack.source.read({ t: 0, c: 0, z: 0 }))[1]).toBe(1);
    expect(stack.notes.join()).toContain('white');
  });

  it('with bits stored backwards are turned around', async () => {
    const tags = [{ tag: 266, type: 3, values: [2] }] as const;
    const stack = await open(
      buildTiff({
        pages: [greyPage(Uint8Array.of(1, 3, 128, 0, 0, 0, 0, 0, 0, 0, 0, 240), { ...SIZE, tags })],
      }),
    );
    expect([...(await stack.source.read({ t: 0, c: 0, z: 0 }))]).toEqual([
      128, 192, 1, 0, 0, 0, 0, 0, 0, 0, 0, 15,
    ]);
  });

  it('of other sizes than the first are left out with a note', async () => {
    const other = greyPage(counting(4), { width: 2, height: 2 });
    const stack = await open(buildTiff({ pages: [...tenPages(2), other, ...tenPages(1)] }));
    expect(stack.shape.z).toBe(3);
    expect(stack.notes.join()).toContain('1 of the 4 pages');
  });

  it('in YCbCr are refused in words', async () => {
    const tags = [{ tag: 262, type: 3, values: [6] }] as const;
    const opening = open(buildTiff({ pages: [greyPage(counting(12), { ...SIZE, tags })] }));
    await expect(opening).rejects.toThrow(/YCbCr/u);
  });

  it.each([
    [1, 'UnsupportedFileError'],
    [4, 'UnsupportedFileError'],
    [12, 'UnsupportedFileError'],
  ])('with %i bits are refused in words', async (bits, name) => {
    const tags = [{ tag: 258, type: 3, values: [bits] }] as const;
    const opening = open(buildTiff({ pages: [greyPage(counting(12), { ...SIZE, tags })] }));
    await expect(opening).rejects.toMatchObject({
      name,
      remedy: expect.stringContaining('Convert'),
    });
  });

  it('of one pixel open', async () => {
    const stack = await open(
      buildTiff({ pages: [greyPage(Uint8Array.of(7), { width: 1, height: 1 })] }),
    );
    expect([...(await stack.source.read({ t: 0, c: 0, z: 0 }))]).toEqual([7]);
  });

  it('without byte counts and rows per strip open', async () => {
    const page = greyPage(counting(12), { ...SIZE });
    const tags = page.tags.filter(({ tag }) => tag !== 278);
    const bytes = buildTiff({
      pages: [{ tags: [...tags, { tag: 279, type: 4, values: [0] }], strips: page.strips }],
    });
    const stack = await open(bytes);
    expect([...(await stack.source.read({ t: 0, c: 0, z: 0 }))]).toEqual([...counting(12)]);
  });
});

describe('laziness', () => {
  it('reads directories when opening, and of a plane only the strips that a region touches', async () => {
    const side = 512;
    const plane = new Uint8Array(side * side);
    const bytes = buildTiff({
      pages: Array.from({ length: 4 }, () =>
        greyPage(plane, { width: side, height: side, rowsPerStrip: 16, deflate: false }),
      ),
    });
    let count = 0;
    const inner = memoryByteSource('counted.tif', bytes);
    const source: ByteSource = {
      ...inner,
      read: async (offset, length, signal) => {
        const read = await inner.read(offset, length, signal);
        count += read.length;
        return read;
      },
    };
    const stack = await openTiff(source);
    expect(count).toBeLessThan(bytes.length / 10);
    count = 0;
    await stack.source.read(
      { t: 0, c: 0, z: 2 },
      { region: { x: 0, y: 100, width: side, height: 3 } },
    );
    expect(count).toBeLessThan(8 * 1024);
  });

  it('gives every plane its own pixels when many are asked for at once', async () => {
    const inner = memoryByteSource(
      'slow.tif',
      buildTiff({ pages: tenPages(25, { rowsPerStrip: 1 }) }),
    );
    // Answers come back in another order than they were asked for.
    const source: ByteSource = {
      ...inner,
      read: async (offset, length, signal) => {
        const bytes = await inner.read(offset, length, signal);
        await new Promise((resolve) => setTimeout(resolve, (offset * 7) % 5));
        return bytes;
      },
    };
    const stack = await openTiff(source);
    const planes = await Promise.all(
      Array.from({ length: 25 }, (_, z) => stack.source.read({ t: 0, c: 0, z })),
    );
    expect(planes.map((pixels) => pixels[0])).toEqual(Array.from({ length: 25 }, (_, z) => z * 10));
  });

  it('stops when it is aborted', async () => {
    const stack = await open(buildTiff({ pages: tenPages(1) }));
    const controller = new AbortController();
    controller.abort();
    const reading = stack.source.read({ t: 0, c: 0, z: 0 }, { signal: controller.signal });
    await expect(reading).rejects.toThrow();
  });

  it('treats planes and regions that do not exist as bugs', async () => {
    const stack = await open(buildTiff({ pages: tenPages(1) }));
    await expect(stack.source.read({ t: 0, c: 0, z: 1 })).rejects.toBeInstanceOf(RangeError);
    const region = { x: 3, y: 0, width: 2, height: 1 };
    await expect(stack.source.read({ t: 0, c: 0, z: 0 }, { region })).rejects.toBeInstanceOf(
      RangeError,
    );
  });
});
