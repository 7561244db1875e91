import { z } from 'zod';
import { AxialError } from '#core/util/errors';
import { defineCommand } from '#core/command/defineCommand';

export const modelsTest = defineCommand({
  id: 'models.test',
  title: 'Test Model…',
  summary: 'Runs the test tensors that a network carries and compares with the stated result.',
  menu: ['Reconstruct'],
  verb: 'models test',
  inputs: [],
  outputs: [],
  params: z.object({
    name: z.string().meta({ title: 'Model', kind: 'model', positional: true }),
  }),
  recorded: false,
  async run(context, _inputs, { name }) {
    context.progress({ fraction: null, step: `Testing ${name}` });
    const result = await context.models.test(name);
    const difference = result.maxAbsoluteDifference.toExponential(2);
    if (!result.passed) {
      throw new AxialError(
        'DeviceError',
        `${name} gives another result than it should on ${result.device}: the largest difference is ${difference}.`,
        'Install the model again; if that does not help, the device or its driver computes wrongly.',
        { details: { maxAbsoluteDifference: result.maxAbsoluteDifference } },
      );
    }
    return {
      report: { ...result },
      lines: [`${name}: passed on ${result.device}; largest difference ${difference}`],
    };
  },
});
