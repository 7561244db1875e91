import { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { pixelRange } from '#core/image/pixelRange';
import { readPlane } from '#core/image/readPlane';
import { cropStack } from '#core/stack/cropStack';
import type { CommandContext } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';
import { inputChoices, type InputChoice } from '#core/command/steps/inputChoices';
import { planVolume } from '#core/command/steps/planVolume';
import { rootMeanSquare } from '#core/command/steps/rootMeanSquare';
import { volumePlanes } from '#core/command/steps/volumePlanes';
import { AxialError } from '#core/util/errors';
import { reconstructionParams } from './reconstructParams';

const { model, normalisation, resample } = reconstructionParams.shape;

const params = z.object({
  most: z.int().min(1).max(9).default(4).meta({
    title: 'Most inputs',
    description: 'Choices of 1 up to so many planes are compared.',
  }),
  planes: z.int().min(1).max(100).default(8).meta({
    title: 'Planes to check',
    description: 'So many measured planes are left out, reconstructed and compared.',
  }),
  sidePx: z.int().min(32).max(4096).default(256).meta({
    title: 'Field',
    unit: 'px',
    description: 'Side of the square in the middle of the image that is tried.',
  }),
  channel: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Channel', kind: 'channel', description: 'Channel that is tried.' }),
  ...{ model, normalisation, resample },
});

export const reconstructAdvise = defineCommand({
  id: 'reconstruct.advise',
  title: 'Which Planes to Measure…',
  summary:
    'Compares choices of input planes on a measured stack: which, and how many, are worth measuring.',
  menu: ['Reconstruct'],
  verb: 'advise',
  inputs: [{ name: 'stack', title: 'Measured stack' }],
  outputs: [],
  params,
  recorded: false,
  async run(context, { stack }, options) {
    const zUm = zPositionsUm(stack.calibration, stack.shape.z);
    if (!zUm || zUm.length < 3) throw nothingToTry(stack);
    const field = centre(stack, options.sidePx);
    const left = heldOut(zUm, options.planes);
    const free = zUm.flatMap((_, plane) => (left.includes(plane) ? [] : [plane]));
    const choices = inputChoices(free, zUm, options.most);
    const tried: (InputChoice & { readonly psnrDb: number; readonly worstDb: number })[] = [];
    for (const [i, choice] of choices.entries()) {
      const step = `Trying choice ${i + 1} of ${choices.length}`;
      context.progress({ fraction: i / choices.length, step });
      tried.push({ ...choice, ...(await scoreOf(context, field, choice, left, options)) });
    }
    const best = suggestion(tried);
    return {
      report: {
        suggested: best.inputs,
        heightsUm: best.inputs.map((plane) => zUm[plane]),
        checkedPlanes: left,
        choices: tried.map((choice) => ({ ...choice })),
      },
      lines: [
        `Checked on planes ${left.join(', ')}, which no choice holds:`,
        ...tried.map(
          (choice) =>
            `  ${choice === best ? '*' : ' '} ${choice.inputs.join(', ').padEnd(18)} ${choice.psnrDb.toFixed(2)} dB (worst plane ${choice.worstDb.toFixed(2)})  ${choice.how}`,
        ),
        `Suggested: planes ${best.inputs.join(', ')}, at ${best.inputs.map((plane) => zUm[plane].toFixed(2)).join(', ')} um`,
      ],
    };
  },
});

type Options = z.infer<typeof params>;

/** A further plane has to bring this much to be worth its light. */
const WORTH_DB = 0.3;

/** More than that is rounding. */
const EXACT_DB = 80;

/** The fewest planes that come near the best choice; of equally many the best. */
function suggestion<T extends InputChoice & { readonly psnrDb: number }>(tried: readonly T[]): T {
  const best = Math.max(...tried.map(({ psnrDb }) => psnrDb));
  const good = tried.filter(({ psnrDb }) => psnrDb >= best - WORTH_DB);
  const fewest = Math.min(...good.map(({ inputs }) => inputs.length));
  return good
    .filter(({ inputs }) => inputs.length === fewest)
    .reduce((a, b) => (b.psnrDb > a.psnrDb ? b : a));
}

function centre(stack: ImageStack, sidePx: number): ImageStack {
  const width = Math.min(sidePx, stack.shape.x);
  const height = Math.min(sidePx, stack.shape.y);
  const x = (stack.shape.x - width) >> 1;
  const y = (stack.shape.y - height) >> 1;
  return cropStack(stack, { x, y, width, height });
}

/** Planes between the ends of the stack, at most every third, that are kept for checking. */
function heldOut(zUm: readonly number[], count: number): readonly number[] {
  const inner = zUm.slice(1, -1);
  const most = Math.min(count, Math.ceil(inner.length / 3));
  // Seen from the middle of each part, so that they do not meet the choices' own regular places.
  return [...new Set(Array.from({ length: most }, (_, i) => placeIn(inner.length, i, most)))].map(
    (place) => place + 1,
  );
}

function placeIn(length: number, part: number, parts: number): number {
  return Math.floor(((part + 0.5) * length) / parts);
}

/** PSNR in decibels over the range of the measured planes: of all pixels, and of the worst plane. */
async function scoreOf(
  context: CommandContext,
  field: ImageStack,
  { inputs }: InputChoice,
  planes: readonly number[],
  { channel: c, model: name, normalisation: how, resample: scaled }: Options,
): Promise<{ psnrDb: number; worstDb: number }> {
  // What the model was not trained for shows in the figures; a note for each choice would bury them.
  const quiet = { ...context, note: () => undefined };
  const options = reconstructionParams.parse({
    ...{ inputs, planes, model: name, normalisation: how, resample: scaled },
  });
  const { taskOf } = await planVolume(quiet, { stack: field }, options);
  const compute = volumePlanes(taskOf);
  const errors: number[] = [];
  let range = 0;
  for (const [z, plane] of planes.entries()) {
    context.signal.throwIfAborted();
    const made = await compute({ t: 0, c, z }, context.signal);
    const { data } = await readPlane(field, { t: 0, c, z: plane }, { signal: context.signal });
    const { min, max } = pixelRange(data);
    range = Math.max(range, max - min);
    errors.push(rootMeanSquare(data.map((value, i) => value - made[i])));
  }
  const decibels = (error: number): number =>
    Math.min(EXACT_DB, 20 * Math.log10((range || 1) / error));
  return { psnrDb: decibels(rootMeanSquare(errors)), worstDb: decibels(Math.max(...errors)) };
}

function nothingToTry({ name }: ImageStack): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `${name} has fewer than three planes, or does not state the distance between them.`,
    'Use a whole measured stack; state the spacing under Image > Properties, or with --z-step-um 0.2.',
  );
}
