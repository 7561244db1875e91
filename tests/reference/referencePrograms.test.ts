import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  openWithBioFormats,
  openWithImageJ,
  runPythonText,
} from '#tests/helpers/referencePrograms';

const WRITE_RAMP = `
import json, sys, numpy, tifffile
samples = numpy.arange(2 * 3 * 4 * 5, dtype='uint16').reshape(3, 2, 4, 5)
tifffile.imwrite(sys.argv[1], samples, imagej=True, resolution=(10, 10),
                 metadata={'axes': 'ZCYX', 'spacing': 0.2, 'unit': 'um'})
print(json.dumps({'channelZ': samples.transpose(1, 0, 2, 3).ravel().tolist()}))
`;

describeWith('python', 'the programs that other tests compare with', () => {
  let folder: string;
  let written: { channelZ: number[] };
  const path = (name: string): string => join(folder, name);
  const samplesOf = async (raw: string): Promise<number[]> => {
    const bytes = await readFile(raw);
    return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-reference-'));
    written = await runPythonText(WRITE_RAMP, path('ramp.tif'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describeWith('imagej', 'ImageJ', () => {
    it('opens what tifffile wrote, with its samples in t, c, z, y, x', async () => {
      const opened = await openWithImageJ(path('ramp.tif'), path('imagej.raw'));
      expect(opened.shape).toEqual({ t: 1, c: 2, z: 3, y: 4, x: 5 });
      expect(opened.pixelType).toBe('uint16');
      expect(opened.pixelSizeUm.x).toBeCloseTo(0.1, 9);
      expect(opened.pixelSizeUm.z).toBeCloseTo(0.2, 9);
      expect(await samplesOf(opened.raw)).toEqual(written.channelZ);
    });
  });

  describeWith('bioformats', 'Bio-Formats', () => {
    it('opens what tifffile wrote, with its samples in t, c, z, y, x', async () => {
      const opened = await openWithBioFormats(path('ramp.tif'), path('bioformats.raw'));
      expect(opened.shape).toEqual({ t: 1, c: 2, z: 3, y: 4, x: 5 });
      expect(opened.pixelSizeUm.z).toBeCloseTo(0.2, 9);
      expect(await samplesOf(opened.raw)).toEqual(written.channelZ);
    });
  });
});
