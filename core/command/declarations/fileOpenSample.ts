import { z } from 'zod';
import { defineCommand } from '#core/command/defineCommand';

export const fileOpenSample = defineCommand({
  id: 'file.openSample',
  title: 'Open Sample',
  summary: 'Opens the simulated stack of nuclei that comes with Axial.',
  menu: ['File'],
  verb: null,
  inputs: [],
  outputs: [{ name: 'stack', title: 'Stack', kind: 'stack', flag: 'o' }],
  params: z.object({}),
  async run(context) {
    const path = `${context.samplesFolder}/nuclei-63x.ome.tif`;
    return { stacks: { stack: await context.files.open(path, { signal: context.signal }) } };
  },
});
