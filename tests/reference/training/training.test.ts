import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deepZ } from '#core/network/deepZ';
import { deepZDiscriminator, recurrentMzDiscriminator } from '#core/network/discriminator';
import { recurrentMz } from '#core/network/recurrentMz';
import { unet3d } from '#core/network/unet3d';
import { hasTorch, torchNeeded, torchPython } from '#tests/helpers/torch';

const run = promisify(execFile);

const graphs = [
  recurrentMz({ channels: 4, levels: 2, variant: 'anchored' }),
  { ...recurrentMz({ channels: 8, levels: 2, variant: 'anchored' }), name: 'recurrent-mz-wide' },
  {
    ...recurrentMz({ channels: 6, levels: 2, variant: 'anchored' }),
    name: 'recurrent-mz-half-wider',
  },
  { ...recurrentMz({ channels: 4, levels: 2, variant: 'blended' }), name: 'blended' },
  deepZ({ channels: 4, levels: 2, variant: 'anchored' }),
  unet3d({ channels: 2, levels: 2, variant: 'anchored' }),
  recurrentMzDiscriminator(2),
  deepZDiscriminator(2),
];

describe.skipIf(!hasTorch)(`The training script${torchNeeded}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-graphs-'));
    for (const graph of graphs) {
      await writeFile(join(folder, `${graph.name}.json`), JSON.stringify(graph));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['testLosses.py', 'testTraining.py', 'testEvaluation.py'])(
    'passes the tests of %s',
    async (file) => {
      const script = `tests/reference/training/${file}`;
      const outcome = await run(torchPython, ['-B', script, folder]).then(
        ({ stderr }) => stderr,
        (error: { stderr?: string }) => error.stderr ?? String(error),
      );
      expect(outcome).toMatch(/\nOK\n$/);
      expect(outcome).not.toMatch(/Ran 0 tests/);
    },
    300_000,
  );
});
