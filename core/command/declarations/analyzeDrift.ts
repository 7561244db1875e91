import { z } from 'zod';
import type { MacroValue } from '#core/image/History';
import { defineCommand } from '#core/command/defineCommand';
import { driftLines, failedPlanesNote } from '#core/command/steps/driftLines';
import { DRIFT_OUTPUTS, driftTexts } from '#core/command/steps/driftTexts';
import { parseTransforms } from '#core/command/steps/parseTransforms';

export const analyzeDrift = defineCommand({
  id: 'analyze.drift',
  title: 'Drift of Saved Transforms…',
  summary: 'Shows the drift that saved transforms describe, and which planes probably failed.',
  menu: ['Analyze'],
  verb: 'drift',
  recorded: false,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: DRIFT_OUTPUTS,
  params: z.object({
    transforms: z.string().min(1).meta({
      title: 'Saved transforms',
      kind: 'openPath',
      description: 'The JSON that "axial align --transforms" or the drift view wrote.',
    }),
  }),
  async run(context, { stack }, { transforms }) {
    const series = parseTransforms(await context.files.readText(transforms), transforms, stack);
    const failed = failedPlanesNote(series);
    if (failed !== null) context.note(failed);
    const { model, reference } = series[0];
    return {
      texts: driftTexts(stack, series),
      report: { model, reference, series: series as unknown as MacroValue },
      lines: driftLines(series),
    };
  },
});
