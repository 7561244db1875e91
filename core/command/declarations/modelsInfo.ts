import { z } from 'zod';
import type { MacroValue } from '#core/image/History';
import { defineCommand } from '#core/command/defineCommand';
import { modelCardLines } from '#core/command/steps/modelCardLines';

export const modelsInfo = defineCommand({
  id: 'models.info',
  title: 'Model Card…',
  summary: 'Shows what a network is: origin, training domain, figures, files.',
  menu: ['Reconstruct'],
  verb: 'models info',
  inputs: [],
  outputs: [],
  params: z.object({
    name: z.string().meta({ title: 'Model', kind: 'model', positional: true }),
  }),
  recorded: false,
  async run(context, _inputs, { name }) {
    const info = (await context.models.info(name)) as { [key: string]: MacroValue };
    return { report: info, lines: modelCardLines(info) };
  },
});
