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

const IMAGEJ = 'ImageJ=1.54f\nimages=6\nchannels=2\nslices=3\nhyperstack=true\nspacing=0.2\nunit=um\n';
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
      greyPage(counting(192), { width: 16, height: 12, tags: [{ ...JPEG_TAGS[0], values: [scheme] }] }),
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
      await stack.source.read({ t: Math.floor(plane / z / c), c: Math.floor(plane / z) % c, z: plane % z });
    }
    return null;
  } catch (error) {
    return error;
  }
}

describe('damaged TIFFs', () => {
  it('give a tagged error with a remedy or open, quickly, whatever the damage', async () => {
    let failures = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const started = performance.now();
      const failure = await readAll(mutated(seed), seed % 3 === 0);
      const tookMs = performance.now() - started;
      if (failure !== null) {
        failures++;
        const detail = failure instanceof AxialError ? '' : String((failure as Error).stack);
        expect({ seed, isExpected: failure instanceof AxialError, detail }).toEqual({ seed, isExpected: true, detail: '' });
        expect((failure as AxialError).remedy.length).toBeGreaterThan(5);
      }
      expect({ seed, slow: tookMs > 1000 }).toEqual({ seed, slow: false });
    }
    expect(failures).toBeGreaterThan(100);
    expect(process.memoryUsage().rss).toBeLessThan(1e9);
  });
});
