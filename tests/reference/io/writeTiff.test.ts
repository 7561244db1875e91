import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fileByteSink } from '#core/host/files/fileByteSink';
import { sha256Hasher } from '#core/host/files/sha256Hasher';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import type { PixelArray, PixelType } from '#core/image/PixelType';
import { parseOme } from '#core/io/ome/parseOme';
import { writeImageJTiff } from '#core/io/tiff/writeImageJTiff';
import { writeOmeTiff } from '#core/io/tiff/writeOmeTiff';
import type { OmeTiffOptions } from '#core/io/tiff/writeOmeTiff';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';
import {
  describeWith,
  openWithBioFormats,
  openWithImageJ,
  runPython,
} from '#tests/helpers/referencePrograms';

interface ReadBack {
  readonly shape: StackShape;
  readonly pixelType: string;
  readonly isBig: boolean;
  readonly isOme: boolean;
  readonly isImageJ: boolean;
  readonly byteOrder: string;
  readonly pages: number;
  readonly resolution: readonly [number, number, number, number];
  readonly resolutionUnit: number;
  readonly predictor: number;
  readonly omeXml?: string;
  readonly physical?: readonly (number | null)[];
  readonly channelNames?: readonly (string | null)[];
  readonly unit?: string;
  readonly spacing?: number | null;
  readonly frameInterval?: number | null;
  readonly labels?: readonly string[] | null;
  readonly info?: string | null;
}

const PIXEL_TYPES: readonly PixelType[] = ['uint8', 'uint16', 'float32'];
const COMPRESSIONS = ['none', 'deflate'] as const;
const SHAPE: StackShape = { t: 2, c: 3, z: 4, y: 37, x: 23 };
const NAMES = ['DAPI', 'α-tubulin & <GFP>', 'Cy"5'];
const folder = mkdtempSync(join(tmpdir(), 'axial-write-tiff-'));
afterAll(() => rmSync(folder, { recursive: true }));

function pathOf(name: string): string {
  return join(folder, name);
}

function known(pixelType: PixelType, changes: Partial<ImageStack> = {}) {
  return rampStack(SHAPE, pixelType, { calibration: fullCalibration(NAMES), ...changes });
}

async function saveOme(
  stack: ImageStack,
  name: string,
  options: OmeTiffOptions = {},
): Promise<string> {
  const path = pathOf(name);
  const sink = await fileByteSink(path);
  await writeOmeTiff(stack, sink, options);
  await sink.commit();
  return path;
}

async function saveImageJ(stack: ImageStack, name: string, historyText?: string): Promise<string> {
  const path = pathOf(name);
  const sink = await fileByteSink(path);
  await writeImageJTiff(stack, sink, { ...(historyText !== undefined && { historyText }) });
  await sink.commit();
  return path;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function sumOfPlanes(planes: readonly PixelArray[]): string {
  const hash = createHash('sha256');
  for (const plane of planes) hash.update(new Uint8Array(plane.buffer));
  return hash.digest('hex');
}

function readBack(path: string): Promise<ReadBack> {
  return runPython<ReadBack>('tests/reference/io/readBack.py', path, `${path}.raw`);
}

describeWith('python', 'tifffile', () => {
  it.each(PIXEL_TYPES.flatMap((type) => COMPRESSIONS.map((how) => [type, how] as const)))(
    'reads an OME-TIFF of %s, %s: equal samples, sizes, pixel size and names',
    async (pixelType, compression) => {
      const stack = known(pixelType);
      const path = await saveOme(stack, `${pixelType}-${compression}.ome.tif`, { compression });
      const back = await readBack(path);
      expect(back).toMatchObject({ shape: SHAPE, pixelType, isOme: true, isBig: false, pages: 24 });
      expect(sha256Of(readFileSync(`${path}.raw`))).toBe(sumOfPlanes(stack.planes));
      expect(back.physical).toEqual([0.0645, 0.1032, 0.2]);
      expect(back.channelNames).toEqual(NAMES);
      const [xCount, xLength, yCount, yLength] = back.resolution;
      expect(back.resolutionUnit).toBe(3);
      expect(1e4 / (xCount / xLength)).toBeCloseTo(0.0645, 12);
      expect(1e4 / (yCount / yLength)).toBeCloseTo(0.1032, 12);
    },
  );

  it('reads a BigTIFF with many strips in a plane', async () => {
    const stack = rampStack({ t: 1, c: 1, z: 2, y: 701, x: 801 }, 'uint16');
    const path = await saveOme(stack, 'big.ome.tif', { bigTiff: true, compression: 'deflate' });
    expect(await readBack(path)).toMatchObject({ isBig: true, isOme: true, predictor: 2 });
    expect(sha256Of(readFileSync(`${path}.raw`))).toBe(sumOfPlanes(stack.planes));
  });

  it('finds no length where none is known', async () => {
    const path = await saveOme(rampStack(SHAPE, 'uint8'), 'unknown.ome.tif');
    const back = await readBack(path);
    expect(back.physical).toEqual([null, null, null]);
    expect(back).toMatchObject({ resolution: [1, 1, 1, 1], resolutionUnit: 1 });
  });

  it('finds history, mapping and a checksum of the samples in the annotation', async () => {
    const stack = known('uint16', { valueMapping: { offset: -3.25, scale: 0.001 } });
    const historyText =
      '# Axial macro 1\na = file.open(path: "µ <x>\\u0000.tif")\n\tend & "so on" 🔬\n';
    const path = await saveOme(stack, 'annotated.ome.tif', { historyText, hasher: sha256Hasher() });
    const { omeXml } = await readBack(path);
    expect(parseOme(omeXml ?? '').images[0]).toMatchObject({
      historyText,
      valueMapping: { offset: -3.25, scale: 0.001 },
      pixelSha256: sumOfPlanes(stack.planes),
    });
  });

  it.each(PIXEL_TYPES)(
    'reads an ImageJ TIFF of %s: equal samples, pixel size, z step, interval and labels',
    async (pixelType) => {
      const stack = known(pixelType);
      const path = await saveImageJ(stack, `${pixelType}.tif`, 'a = file.open()\n');
      const back = await readBack(path);
      expect(back).toMatchObject({
        shape: SHAPE,
        pixelType,
        isImageJ: true,
        byteOrder: '>',
        pages: 24,
        unit: 'um',
        spacing: 0.2,
        frameInterval: 1.5,
      });
      expect(sha256Of(readFileSync(`${path}.raw`))).toBe(sumOfPlanes(stack.planes));
      expect(back.labels).toEqual(Array.from({ length: 24 }, (_, i) => NAMES[i % 3]));
      expect(back.resolution[1] / back.resolution[0]).toBe(0.0645);
      expect(back.resolution[3] / back.resolution[2]).toBe(0.1032);
    },
  );
});

describeWith('imagej', 'ImageJ 1.54f', () => {
  it.each(PIXEL_TYPES)(
    'opens an ImageJ TIFF of %s: equal samples, axes, calibration and channel names',
    async (pixelType) => {
      const stack = known(pixelType);
      const path = await saveImageJ(stack, `ij-${pixelType}.tif`);
      const opened = await openWithImageJ(path, `${path}.raw`);
      expect(opened).toMatchObject({ shape: SHAPE, pixelType, channelNames: NAMES });
      expect(opened.unit).toMatch(/^(?:um|µm|micron)$/u);
      expect(opened.pixelSizeUm.x).toBeCloseTo(0.0645, 12);
      expect(opened.pixelSizeUm.y).toBeCloseTo(0.1032, 12);
      expect(opened.pixelSizeUm.z).toBe(0.2);
      expect(sha256Of(readFileSync(opened.raw))).toBe(sumOfPlanes(stack.planes));
    },
  );

  it.each([
    ['uint8', 'deflate'],
    ['uint16', 'deflate'],
    ['float32', 'none'],
  ] as const)(
    'opens an OME-TIFF of %s, %s, without a plugin: equal samples and pixel size',
    async (pixelType, compression) => {
      const shape = { t: 1, c: 1, z: 3, y: 401, x: 501 };
      const stack = rampStack(shape, pixelType, { calibration: fullCalibration(['DAPI']) });
      const path = await saveOme(stack, `ij-${pixelType}-${compression}.ome.tif`, { compression });
      const opened = await openWithImageJ(path, `${path}.raw`);
      expect(opened).toMatchObject({ shape, pixelType });
      expect(opened.unit).toMatch(/^(?:um|µm|micron)$/u);
      expect(opened.pixelSizeUm.x).toBeCloseTo(0.0645, 9);
      expect(sha256Of(readFileSync(opened.raw))).toBe(sumOfPlanes(stack.planes));
    },
  );
});

describeWith('bioformats', 'Bio-Formats', () => {
  it.each([
    ['uint8', 'none'],
    ['uint16', 'deflate'],
    ['float32', 'deflate'],
  ] as const)(
    'opens an OME-TIFF of %s, %s: equal samples, axes, calibration and channel names',
    async (pixelType, compression) => {
      const stack = known(pixelType);
      const path = await saveOme(stack, `bf-${pixelType}-${compression}.ome.tif`, {
        compression,
        historyText: 'a = file.open(path: "x & y")\n',
      });
      const opened = await openWithBioFormats(path, `${path}.raw`);
      expect(opened).toMatchObject({
        shape: SHAPE,
        pixelType,
        channelNames: NAMES,
        pixelSizeUm: { x: 0.0645, y: 0.1032, z: 0.2 },
      });
      expect(sha256Of(readFileSync(opened.raw))).toBe(sumOfPlanes(stack.planes));
    },
  );

  it('opens an ImageJ TIFF: equal samples, axes, pixel size and z step', async () => {
    const stack = known('uint16');
    const path = await saveImageJ(stack, 'bf-imagej.tif');
    const opened = await openWithBioFormats(path, `${path}.raw`);
    expect(opened).toMatchObject({ shape: SHAPE, pixelType: 'uint16' });
    expect(opened.pixelSizeUm.x).toBeCloseTo(0.0645, 9);
    expect(opened.pixelSizeUm.z).toBe(0.2);
    expect(sha256Of(readFileSync(opened.raw))).toBe(sumOfPlanes(stack.planes));
  });

  it('opens a BigTIFF with planes that are not evenly spaced', async () => {
    const calibration = { ...fullCalibration(NAMES), zPositionsUm: [0, 0.3, 0.7, 2] };
    const stack = known('uint16', { calibration });
    const path = await saveOme(stack, 'bf-big.ome.tif', { bigTiff: true });
    const opened = await openWithBioFormats(path, `${path}.raw`);
    expect(opened.shape).toEqual(SHAPE);
    expect(sha256Of(readFileSync(opened.raw))).toBe(sumOfPlanes(stack.planes));
  });
});

it.each([
  ['all that can be said', known('float32', { valueMapping: { offset: 1e-7, scale: 1e21 } })],
  ['nothing', rampStack({ t: 1, c: 1, z: 1, y: 1, x: 1 }, 'uint8')],
  [
    'planes that are not evenly spaced',
    known('uint16', {
      name: 'µ\u0001\ud800 <"&\n',
      calibration: { ...fullCalibration(NAMES), zPositionsUm: [0, 0.3, 0.7, -2] },
    }),
  ],
])('the OME-XML that says %s is valid against the schema', async (_, stack) => {
  const path = await saveOme(stack, 'valid.ome.tif', { historyText: 'a = b\n' });
  const bytes = readFileSync(path).toString('latin1');
  // Each byte stays one character, and goes back as one byte.
  const xml = bytes.slice(bytes.indexOf('<?xml'), bytes.indexOf('</OME>') + 6);
  writeFileSync(pathOf('valid.xml'), xml, 'latin1');
  const schema = 'tests/fixtures/ome/ome.xsd';
  const check = (): unknown =>
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, pathOf('valid.xml')], {
      stdio: 'pipe',
    });
  expect(check).not.toThrow();
});
