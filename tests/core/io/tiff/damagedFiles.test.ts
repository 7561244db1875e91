import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AxialError } from '#core/util/errors';
import { memoryByteSource } from '#core/io/memoryByteSource';
import { openTiff } from '#core/io/tiff/openTiff';
import { buildTiff, counting, greyPage } from '#tests/helpers/buildTiff';

/** Mulberry32, so that a failure can be repeated from its number. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const IMAGEJ =
  'ImageJ=1.54f\nimages=6\nchannels=2\nslices=3\nhyperstack=true\nspacing=0.2\nunit=um\n';
const OME =
  '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">' +
  '<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="16" SizeY="12" SizeC="2" SizeZ="3" SizeT="1">' +
  '<TiffData IFD="0" PlaneCount="6"/></Pixels></Image></OME>';

function pages(count: number, description: string, deflate: boolean, bits = 8) {
  return Array.from({ length: count }, (_, i) =>
    greyPage(counting(16 * 12 * (bits / 8), i), {
      width: 16,
      height: 12,
      bits,
      deflate,
      rowsPerStrip: 5,
      ...(i === 0 ? { description } : {}),
    }),
  );
}

const JPEG_TAGS = [{ tag: 259, type: 3, values: [7] }] as const;
const SEEDS = [
  buildTiff({ pages: pages(6, 'plain', false) }),
  buildTiff({ pages: pages(6, IMAGEJ, true, 16), littleEndian: false }),
  buildTiff({ pages: pages(6, OME, true), big: true }),
  buildTiff({ pages: pages(6, OME, false, 16), big: true, littleEndian: false }),
  buildTiff({
    pages: [5, 32773, 50000, 7].map((scheme) =>
      greyPage(counting(192), {
        width: 16,
        height: 12,
        tags: [{ ...JPEG_TAGS[0], values: [scheme] }],
      }),
    ),
  }),
];

function mutated(seed: number): Uint8Array {
  const random = randomNumbers(seed);
  const bytes = (SEEDS[seed % SEEDS.length] ?? new Uint8Array()).slice();
  const pick = (length: number): number => Math.floor(random() * length);
  const kind = seed % 7;
  if (kind === 0) return bytes.slice(0, pick(bytes.length));
  const changes = 1 + pick(kind === 1 ? 40 : 4);
  for (let i = 0; i < changes; i++) {
    const at = pick(bytes.length - 8);
    const view = new DataView(bytes.buffer);
    if (kind < 4) bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8));
    else if (kind === 4) view.setUint32(at, pick(bytes.length), seed % 2 === 0);
    else if (kind === 5) view.setUint32(at, 0xffffffff - pick(3));
    else bytes.copyWithin(at, pick(bytes.length), pick(bytes.length));
  }
  return bytes;
}

/** Opens and reads everything; gives the failure, or `null`. */
async function readAll(bytes: Uint8Array, readablePart: boolean): Promise<unknown> {
  try {
    const stack = await openTiff(memoryByteSource('damaged.tif', bytes), { readablePart });
    const { t, c, z } = stack.shape;
    for (let plane = 0; plane < Math.min(t * c * z, 12); plane++) {
      await stack.source.read({
        t: Math.floor(plane / z / c),
        c: Math.floor(plane / z) % c,
        z: plane % z,
      });
    }
    return null;
  } catch (error) {
    return error;
  }
}

describe('damaged TIFFs', () => {
  it('give a tagged error with a remedy or open, quickly, whatever the damage', async () => {
    let failures = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const started = performance.now();
      const failure = await readAll(mutated(seed), seed % 3 === 0);
      const tookMs = performance.now() - started;
      if (failure !== null) {
        failures++;
        const detail = failure instanceof AxialError ? '' : String((failure as Error).stack);
        expect({ seed, isExpected: failure instanceof AxialError, detail }).toEqual({
          seed,
          isExpected: true,
          detail: '',
        });
        expect((failure as AxialError).remedy.length).toBeGreaterThan(5);
      }
      expect({ seed, slow: tookMs > 1000 }).toEqual({ seed, slow: false });
    }
    expect(failures).toBeGreaterThan(80);
    expect(process.memoryUsage().rss).toBeLessThan(1e9);
  });
});

const open = (bytes: Uint8Array, readablePart = false) =>
  openTiff(memoryByteSource('damaged.tif', bytes), { readablePart });

/** An ImageJ stack of 91 contiguous planes of 8 x 8 pixels, of which `planes` and a half are there. */
function cutOff(planes: number): Uint8Array {
  const description = 'ImageJ=1.54f\nimages=91\nslices=91\n';
  const built = (offset: number): Uint8Array => {
    const tags = [
      { tag: 273, type: 4, values: [offset] },
      { tag: 279, type: 4, values: [64] },
    ] as const;
    return buildTiff({
      pages: [greyPage(new Uint8Array(0), { width: 8, height: 8, description, tags })],
    });
  };
  // The directory comes first, so that cutting takes planes only.
  const head = built(built(0).length);
  const bytes = new Uint8Array(head.length + 64 * planes + 32);
  bytes.set(head);
  return bytes;
}

describe('what the message names', () => {
  it('is the plane in which a file ends, and how many can be opened', async () => {
    const bytes = cutOff(40);
    await expect(open(bytes)).rejects.toMatchObject({
      name: 'DamagedFileError',
      message: 'This TIFF ends inside plane 41 of 91; the first 40 planes can be opened.',
      details: { readablePlanes: 40, planes: 91 },
    });
    const stack = await open(bytes, true);
    expect(stack.shape.z).toBe(40);
    expect(stack.notes.join()).toContain('plane 41 of 91');
    expect(await stack.source.read({ t: 0, c: 0, z: 39 })).toHaveLength(64);
  });

  it('is the number of planes that a description promises, even beyond 31 bits', async () => {
    const promise = IMAGEJ.replace('images=6', 'images=4000000000')
      .replace('channels=2\n', '')
      .replace('slices=3', 'slices=4000000000');
    const bytes = buildTiff({ pages: pages(2, promise, false) });
    await expect(open(bytes)).rejects.toMatchObject({
      tag: 'DamagedFileError',
      details: { planes: 4_000_000_000 },
    });
  });

  it('is where a loop of pages begins', async () => {
    const bytes = buildTiff({
      pages: pages(6, 'plain', false),
      nextOfLast: (offsets) => offsets[2] ?? 0,
    });
    await expect(open(bytes)).rejects.toThrow(/loop.*page 6.*page 3.*first 6 planes/u);
    expect((await open(bytes, true)).shape.z).toBe(6);
  });

  it('is a page that lies behind the end', async () => {
    const bytes = buildTiff({ pages: pages(6, 'plain', false), nextOfLast: () => 1e9 });
    await expect(open(bytes)).rejects.toThrow(/first 6 planes/u);
  });

  it.each([
    ['an absurd size', { tag: 256, type: 4, values: [4_000_000_000] }, /4000000000/u],
    [
      'a size that the bytes do not fill',
      { tag: 257, type: 4, values: [1000] },
      /contradicts itself|strips/u,
    ],
    ['text where a number belongs', { tag: 256, type: 2, values: 'abc' }, /ImageWidth/u],
    ['no width', { tag: 256, type: 4, values: [0] }, /width of 0/u],
    ['an unknown compression', { tag: 259, type: 3, values: [34892] }, /lossy JPEG/u],
    ['an unknown predictor', { tag: 317, type: 3, values: [7] }, /predictor number 7/u],
    ['a strip behind the end', { tag: 273, type: 4, values: [1_000_000] }, /ends inside plane 1/u],
  ] as const)('is %s', async (_, tag, message) => {
    const page = greyPage(counting(64), { width: 8, height: 8, tags: [tag] });
    await expect(open(buildTiff({ pages: [page] }))).rejects.toThrow(message);
  });

  it.each([
    ['a fraction', 12 as const, 8.5, /holds 8.5 in its tag StripOffsets/u],
    ['something negative', 9 as const, -8, /negative places/u],
  ])('is that the place of a strip is %s', async (_, type, value, message) => {
    const page = greyPage(counting(64), { width: 8, height: 8 });
    const tags = [
      ...page.tags.filter(({ tag }) => tag !== 273),
      { tag: 273, type, values: [value] },
    ];
    await expect(open(buildTiff({ pages: [{ tags, strips: [] }] }))).rejects.toThrow(message);
  });

  it('is that a file is no TIFF, or empty', async () => {
    await expect(open(counting(100))).rejects.toMatchObject({ name: 'UnsupportedFileError' });
    await expect(open(new Uint8Array(0))).rejects.toMatchObject({ name: 'DamagedFileError' });
  });
});

describe('traps', () => {
  it('cannot make a small file unpack to a large plane', async () => {
    const tags = [{ tag: 278, type: 4, values: [16_000] }] as const;
    const small = greyPage(new Uint8Array(16_000), { width: 16_000, height: 1, deflate: true });
    const page = {
      tags: [
        ...small.tags.filter(({ tag }) => tag !== 257 && tag !== 278),
        { tag: 257, type: 4, values: [16_000] } as const,
        ...tags,
      ],
      strips: small.strips,
    };
    await expect(open(buildTiff({ pages: [page] }))).rejects.toThrow(/contradicts itself/u);
  });

  it('unpack only as many bytes as the strip needs', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(100_000_000)));
    const small = greyPage(new Uint8Array(64), { width: 8, height: 8, deflate: true });
    const before = process.memoryUsage().rss;
    const stack = await open(buildTiff({ pages: [{ tags: small.tags, strips: [bomb] }] }));
    expect(await stack.source.read({ t: 0, c: 0, z: 0 })).toHaveLength(64);
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });

  it('cannot make one strip unpack to so much that the machine runs short', async () => {
    const side = 12_000;
    const packed = new Uint8Array(deflateSync(new Uint8Array(side * side)));
    const small = greyPage(new Uint8Array(64), { width: 8, height: 8, deflate: true });
    const sized = [256, 257, 278].map((tag) => ({ tag, type: 4, values: [side] }) as const);
    const others = small.tags.filter(({ tag }) => sized.every((size) => size.tag !== tag));
    const page = { tags: [...others, ...sized], strips: [packed] };
    await expect(open(buildTiff({ pages: [page] }))).rejects.toMatchObject({
      tag: 'UnsupportedFileError',
      message: expect.stringContaining('in one piece'),
    });
  });

  it('of very many pages open within a second', async () => {
    const page = greyPage(counting(4), { width: 2, height: 2 });
    const bytes = buildTiff({ pages: Array.from({ length: 100_000 }, () => page) });
    const started = process.cpuUsage();
    const stack = await open(bytes);
    expect(stack.shape.z).toBe(100_000);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(1.5);
    expect([...(await stack.source.read({ t: 0, c: 0, z: 99_999 }))]).toEqual([0, 1, 2, 3]);
  });
});
