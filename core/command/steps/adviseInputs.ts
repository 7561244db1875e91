import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { pixelRange } from '#core/image/pixelRange';
import { readPlane } from '#core/image/readPlane';
import { cropStack } from '#core/stack/cropStack';
import type { CommandContext } from '#core/command/CommandContext';
import { reconstructionParams } from '#core/command/declarations/reconstructParams';
import { AxialError } from '#core/util/errors';
import { inputChoices, type InputChoice } from './inputChoices';
import type { NormalisationMethodName } from './normaliseStack';
import { planVolume } from './planVolume';
import { rootMeanSquare } from './rootMeanSquare';
import { volumePlanes } from './volumePlanes';

/** As many planes are left out and compared, where nobody says how many. */
export const CHECKED_PLANES = 8;

/** Side in pixels of the field that is tried, where nobody says how large. */
export const TRIED_SIDE_PX = 256;

/** What is tried, and with which network. */
export interface AdviceOptions {
  /** Choices of 1 up to so many planes are compared, */
  readonly most: number;
  /** or of exactly so many. @default any */
  readonly count?: number | null;
  /** Planes that may be chosen. @default all that are not checked */
  readonly candidates?: readonly number[] | null;
  /** Measured planes to leave out and compare. */
  readonly planes: number;
  readonly sidePx: number;
  readonly channel: number;
  readonly model: string | null;
  readonly normalisation: NormalisationMethodName;
  readonly resample: boolean;
}

/** A choice of inputs with what came of it. */
export interface TriedChoice extends InputChoice {
  /** PSNR in decibels over the range of the measured planes: of all pixels, and of the worst plane. */
  readonly psnrDb: number;
  readonly worstDb: number;
}

/** Which planes are worth measuring. */
export interface Advice {
  readonly tried: readonly TriedChoice[];
  readonly best: TriedChoice;
  /** Heights of the best choice in micrometres from the first plane. */
  readonly heightsUm: readonly number[];
  /** The planes that were compared; no choice holds them. */
  readonly checked: readonly number[];
}

/**
 * Compares choices of input planes on a measured stack: planes that no choice holds are reconstructed
 * in the middle of the field and compared with what was measured. The best choice is the one of the
 * fewest planes that comes near the best figure.
 *
 * @throws AxialError ImpossibleRequestError when the stack has too few planes or no heights
 */
export async function adviseInputs(
  context: CommandContext,
  stack: ImageStack,
  options: AdviceOptions,
): Promise<Advice> {
  const zUm = zPositionsUm(stack.calibration, stack.shape.z);
  if (!zUm || zUm.length < 3) throw nothingToTry(stack);
  const { most, count = null, candidates = null } = options;
  const field = centre(stack, options.sidePx);
  const checked = heldOut(zUm, options.planes).filter((z) => !candidates?.includes(z));
  const free = candidates ?? zUm.flatMap((_, z) => (checked.includes(z) ? [] : [z]));
  const choices = inputChoices(free, zUm, count ?? most).filter(
    ({ inputs }) => count === null || inputs.length === count,
  );
  if (choices.length === 0 || checked.length === 0) throw tooFewToChoose(stack, count, free.length);
  const tried: TriedChoice[] = [];
  for (const [i, choice] of choices.entries()) {
    const step = `Trying choice ${i + 1} of ${choices.length}`;
    context.progress({ fraction: i / choices.length, step });
    tried.push({ ...choice, ...(await scoreOf(context, field, choice, checked, options)) });
  }
  const best = suggestion(tried);
  return { tried, best, checked, heightsUm: best.inputs.map((plane) => zUm[plane]) };
}

/** A further plane has to bring this much to be worth its light. */
const WORTH_DB = 0.3;

/** More than that is rounding. */
const EXACT_DB = 80;

/** The fewest planes that come near the best choice; of equally many the best. */
function suggestion(tried: readonly TriedChoice[]): TriedChoice {
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
  { channel: c, model: name, normalisation: how, resample: scaled }: AdviceOptions,
): Promise<{ psnrDb: number; worstDb: number }> {
  // What the model was not trained for shows in the figures; a note for each choice would bury them.
  const quiet = { ...context, note: () => undefined };
  const request = { inputs, planes, model: name, normalisation: how, resample: scaled };
  const options = { ...reconstructionParams.parse(request), choose: 'user' as const };
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

function tooFewToChoose({ name }: ImageStack, count: number | null, freeCount: number): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `Of ${name} ${freeCount} planes may be chosen, since others are needed to check the choice; ${count ?? 1} are wanted.`,
    'Ask for fewer inputs, or name them.',
  );
}
