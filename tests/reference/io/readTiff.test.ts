import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileByteSource } from '#core/host/files/fileByteSource';
import type { PixelArray, PixelType } from '#core/image/PixelType';
import type { StackShape } from '#core/image/ImageStack';
import { openTiff } from '#core/io/tiff/openTiff';

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly pixelType: PixelType;
  readonly shape: StackShape;
  readonly expect: {
    readonly pixelSizeUm?: object;
    readonly timeStepS?: number;
    readonly channelNames?: readonly string[];
    readonly format?: string;
    readonly levels?: readonly (readonly [number, number])[];
  };
}

const python = process.env['AXIAL_PYTHON'];
const folder = mkdtempSync(join(tmpdir(), 'axial-read-tiff-'));
afterAll(() => rmSync(folder, { recursive: true }));

function makeFiles(): Entry[] {
  if (!python) return [];
  execFileSync(python, [join(import.meta.dirname, 'readTiff.py'), folder], { stdio: 'pipe' });
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  const entries: Entry[] = JSON.parse(text);
  return entries;
}

function rawSamples(name: string, pixelType: PixelType): PixelArray {
  const bytes = Uint8Array.from(readFileSync(join(folder, `${name}.raw`)));
  if (pixelType === 'uint8') return bytes;
  return pixelType === 'uint16' ? new Uint16Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

/** Number of the first sample that differs, by its bits. */
function firstDifference(actual: PixelArray, expected: PixelArray): number {
  if (actual.length !== expected.length) return Math.min(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) if (!Object.is(actual[i], expected[i])) return i;
  return -1;
}

async function checkPixels(entry: Entry): Promise<void> {
  const stack = await openTiff(fileByteSource(join(folder, entry.file)));
  const expected = rawSamples(entry.name, entry.pixelType);
  const { t: times, c: channels, z: depth, y, x } = entry.shape;
  expect(stack.shape).toEqual(entry.shape);
  expect(stack.pixelType).toBe(entry.pixelType);
  let plane = 0;
  for (let t = 0; t < times; t++) {
    for (let c = 0; c < channels; c++) {
      for (let z = 0; z < depth; z++, plane++) {
        const start = plane * y * x;
        const pixels = await stack.source.read({ t, c, z });
        const at = firstDifference(pixels, expected.subarray(start, start + y * x));
        expect({ t, c, z, differsAtSample: at }).toEqual({ t, c, z, differsAtSample: -1 });
      }
    }
  }
  const { calibration, format } = stack;
  if (entry.expect.pixelSizeUm) expect(calibration.pixelSizeUm).toEqual(entry.expect.pixelSizeUm);
  if (entry.expect.timeStepS) expect(calibration.timeStepS).toBe(entry.expect.timeStepS);
  if (entry.expect.format) expect(format).toBe(entry.expect.format);
  if (entry.expect.channelNames) {
    expect(calibration.channels.map((channel) => channel.name)).toEqual(entry.expect.channelNames);
  }
  await checkLevels(entry, stack);
  await stack.source.close();
}

async function checkLevels(
  entry: Entry,
  stack: Awaited<ReturnType<typeof openTiff>>,
): Promise<void> {
  const { levels } = entry.expect;
  if (!levels) return;
  expect(stack.source.levels).toEqual(levels.map(([width, height]) => ({ width, height })));
  for (let level = 1; level < levels.length; level++) {
    const expected = rawSamples(`${entry.name}.${level}`, entry.pixelType);
    const [width, height] = levels[level] ?? [0, 0];
    for (let z = 0; z < entry.shape.z; z++) {
      const pixels = await stack.source.read({ t: 0, c: 0, z }, { level });
      const start = z * width * height;
      expect(firstDifference(pixels, expected.subarray(start, start + width * height))).toBe(-1);
    }
  }
}

describe.skipIf(!python)('TIFFs that tifffile wrote (needs AXIAL_PYTHON)', () => {
  const entries = makeFiles();
  it.each(entries)('reads $name', checkPixels);
});
