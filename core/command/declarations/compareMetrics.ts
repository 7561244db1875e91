import { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import type { MacroValue } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { pixelRange } from '#core/image/pixelRange';
import { readValues } from '#core/image/readValues';
import type { CommandContext } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';
import { comparisonLines } from '#core/command/steps/comparisonLines';
import { comparisonReport } from '#core/command/steps/comparisonReport';
import { compareStacks } from '#core/command/steps/compareStacks';
import { comparisonPage } from '#core/command/steps/comparisonPage';
import { givenPlanes, resultHeights } from '#core/command/steps/reconstructionFacts';
import { pairPlanes } from '#core/command/steps/pairPlanes';
import { requirePlanes } from '#core/command/steps/zTargets';
import { AxialError } from '#core/util/errors';

export const compareMetrics = defineCommand({
  id: 'compare.metrics',
  title: 'Compare with Ground Truth…',
  summary: 'Says in figures how close a result is to the truth, and to what interpolation gives.',
  menu: ['Analyze'],
  verb: 'compare',
  inputs: [
    { name: 'result', title: 'Result' },
    { name: 'truth', title: 'Truth' },
    {
      name: 'measured',
      title: 'Measured stack, when it is not the truth',
      flag: 'measured',
    },
  ],
  outputs: [{ name: 'report', title: 'Report (HTML)', kind: 'html', flag: 'o', optional: true }],
  params: z.object({
    channel: z
      .int()
      .min(0)
      .default(0)
      .meta({ title: 'Channel', description: 'Channel to compare.' }),
    time: z
      .int()
      .min(0)
      .default(0)
      .meta({ title: 'Time point', description: 'Time point to compare.' }),
    dataRange: z.number().positive().nullable().default(null).meta({
      title: 'Data range',
      description:
        'Grey levels from black to white for PSNR and SSIM; by default those of the truth.',
    }),
    given: z.array(z.int().min(0)).nullable().default(null).meta({
      title: 'Given planes',
      kind: 'planes',
      description:
        'Planes of the truth that the network saw; by default read from the history of the result.',
    }),
  }),
  async run(context, { result, truth, measured = truth }, params) {
    requireComparable([result, truth, measured], params);
    const { channel: c, time: t } = params;
    const given = params.given ?? givenPlanes(result.history);
    requirePlanes(given, measured.shape.z);
    const truthZUm = zPositionsUm(truth.calibration, truth.shape.z);
    const pairs = pairPlanes(
      { count: result.shape.z, zUm: resultHeights(result, truthZUm) },
      { count: truth.shape.z, zUm: truthZUm },
    );
    if (pairs.length === 0) throw nothingToCompare(result, truth);
    const dataRange = params.dataRange ?? (await valueRange(context, truth, { t, c }));
    const options = { t, c, pairs, given, truthZUm, dataRange, measured };
    const comparison = await compareStacks(context, result, truth, options);
    const report = comparisonReport(comparison, options, { result, truth });
    return {
      texts: { report: await comparisonPage(context, result, truth, report, options) },
      report: report as unknown as { [key: string]: MacroValue },
      lines: comparisonLines(report),
    };
  },
});

function requireComparable(
  stacks: readonly ImageStack[],
  { channel, time }: { readonly channel: number; readonly time: number },
): void {
  const [{ shape: expected }] = stacks;
  for (const { shape, name } of stacks) {
    if (shape.x !== expected.x || shape.y !== expected.y) {
      throw new AxialError(
        'ImpossibleRequestError',
        `The result has ${expected.x} x ${expected.y} pixels, ${name} ${shape.x} x ${shape.y}.`,
        'Compare images of one size; crop or resample one of them first.',
      );
    }
    if (channel < shape.c && time < shape.t) continue;
    throw new AxialError(
      'ImpossibleRequestError',
      `${name} has ${shape.c} channels and ${shape.t} time points; there is no channel ${channel} at time ${time}.`,
      'Both count from 0.',
    );
  }
}

function nothingToCompare(result: ImageStack, truth: ImageStack): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `No plane of the result (${result.shape.z}) lies at the height of a plane of the truth (${truth.shape.z}).`,
    'Reconstruct at heights that were measured, or give both files a plane spacing.',
  );
}

async function valueRange(
  { signal }: Pick<CommandContext, 'signal'>,
  stack: ImageStack,
  { t, c }: { readonly t: number; readonly c: number },
): Promise<number> {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let z = 0; z < stack.shape.z; z++) {
    const { min, max } = pixelRange((await readValues(stack, { t, c, z }, { signal })).data);
    lowest = Math.min(lowest, min);
    highest = Math.max(highest, max);
  }
  // A constant truth has no range; 1 keeps the figures defined.
  return highest > lowest ? highest - lowest : 1;
}
