import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpectralInterpolator } from '#core/reconstruct/spectral/SpectralInterpolator';
import { defocusedStack } from '#tests/helpers/defocusedStack';
import { hasTorch, torchNeeded, torchPython } from '#tests/helpers/torch';

const run = promisify(execFile);

describe.skipIf(!hasTorch)(`Spectral interpolation${torchNeeded}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-spectral-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    { width: 64, height: 48, zUm: [4, 0, 2.1], targetsUm: [1, 3.3, 2.1] },
    { width: 33, height: 7, zUm: [0, 3], targetsUm: [-1, 1.7] },
    { width: 1, height: 1, zUm: [0, 3, 5, 6, 9], targetsUm: [4] },
    { width: 40, height: 90, zUm: [1], targetsUm: [2, 30] },
  ])(
    'is the same where networks are trained and where they run: $width x $height',
    async (request) => {
      const { width, height, zUm, targetsUm } = request;
      const { planes, correlation } = defocusedStack(width, height, zUm);
      const file = join(folder, 'request.json');
      const images = planes.map((plane) => [...plane]);
      await writeFile(file, JSON.stringify({ ...request, images, correlation }));
      const script = 'tests/reference/training/interpolateSpectrally.py';
      const { stdout } = await run(torchPython, ['-B', script, file], { maxBuffer: 1e8 });
      const theirs = JSON.parse(stdout) as number[][];
      const inputs = planes.map((image, m) => ({ image, zUm: zUm[m] ?? NaN }));
      const interpolator = new SpectralInterpolator(correlation, { width, height });
      for (const [k, targetUm] of targetsUm.entries()) {
        const plane = await interpolator.plane(inputs, targetUm);
        const worst = Math.max(
          ...plane.map((value, i) => Math.abs(value - (theirs[k]?.[i] ?? NaN))),
        );
        expect(worst).toBeLessThan(1e-4);
      }
    },
  );
});
