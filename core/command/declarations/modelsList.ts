import { z } from 'zod';
import { defineCommand } from '#core/command/defineCommand';

export const modelsList = defineCommand({
  id: 'models.list',
  title: 'Models…',
  summary: 'Lists the networks that are installed and what each was trained for.',
  menu: ['Reconstruct'],
  verb: 'models list',
  inputs: [],
  outputs: [],
  params: z.object({}),
  recorded: false,
  async run(context) {
    const models = await context.models.list();
    return {
      report: { models: models.map((model) => ({ ...model })) },
      lines: models.map(({ name, title, description }) => `${name}: ${title}\n  ${description}`),
    };
  },
});
