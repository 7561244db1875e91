import type { z } from 'zod';
import type { CommandContext } from '#core/command/CommandContext';
import type { reconstructionParams } from '#core/command/declarations/reconstructParams';
import { USUAL_INPUTS } from '#core/command/suggestModel';
import { zPositionsUm } from '#core/image/Calibration';
import { adviseInputs, CHECKED_PLANES, TRIED_SIDE_PX } from './adviseInputs';
import { namedPlanes } from './inputPlanes';
import type { ReconstructionInputs, SettledParams } from './planVolume';

/**
 * Where the choice of inputs is left to the advisor: the planes that it suggests, named as the user
 * might have, and a note in the stack of which they are and why. Any other request stays as it is.
 *
 * @throws what `adviseInputs` throws
 */
export async function suggestedInputs<P extends z.infer<typeof reconstructionParams>>(
  context: CommandContext,
  given: ReconstructionInputs,
  options: P,
): Promise<{ readonly given: ReconstructionInputs; readonly options: P & SettledParams }> {
  const { choose, count } = options;
  if (choose !== 'suggested') return { given, options: { ...options, choose } };
  const { stack } = given;
  const { model, normalisation, resample } = options;
  const zUm = zPositionsUm(stack.calibration, stack.shape.z);
  const candidates = zUm && namedPlanes(options, zUm);
  const { tried, best, checked, heightsUm } = await adviseInputs(context, stack, {
    ...{ most: USUAL_INPUTS, count, candidates, planes: CHECKED_PLANES },
    ...{ sidePx: TRIED_SIDE_PX, channel: 0, model, normalisation, resample },
  });
  const note =
    `Inputs ${best.inputs.join(', ')} (${heightsUm.map((zUm) => zUm.toFixed(2)).join(', ')} um) were suggested, ` +
    `${best.how}: ${best.psnrDb.toFixed(1)} dB on planes ${checked.join(', ')}, which no input was; ` +
    `${tried.length} choices gave ${lowest(tried).toFixed(1)} to ${highest(tried).toFixed(1)} dB.`;
  context.note(note);
  return {
    given: { ...given, stack: { ...stack, notes: [...stack.notes, note] } },
    options: { ...options, choose: 'user', inputs: best.inputs, inputZ: null },
  };
}

type Scores = readonly { readonly psnrDb: number }[];

function lowest(tried: Scores): number {
  return Math.min(...tried.map(({ psnrDb }) => psnrDb));
}

function highest(tried: Scores): number {
  return Math.max(...tried.map(({ psnrDb }) => psnrDb));
}
