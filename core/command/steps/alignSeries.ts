import type { ImageStack } from '#core/image/ImageStack';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readPlane } from '#core/image/readPlane';
import { alignmentBatches } from '#core/registration/alignmentBatches';
import {
  planAlignment,
  type AlignmentPlan,
  type AlignmentReference,
} from '#core/registration/planAlignment';
import { planeMean } from '#core/registration/planeMean';
import type { PairRegistration } from '#core/registration/registerPair';
import type { MaskedPlane } from '#core/registration/registrationPyramid';
import type { TransformModel } from '#core/registration/TransformModel';
import type { Transforms } from '#core/registration/Transforms';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';
import { AxialError } from '#core/util/errors';

/** What is registered to what, and how it may move. */
export interface AlignmentOptions {
  readonly model: TransformModel;
  readonly reference: AlignmentReference;
  /** How many planes make the reference in mode `first`. */
  readonly firstCount: number;
  /** The plane that stays where it is in modes `previous` and `global`. */
  readonly anchor: number;
  /** Every plane is registered as the mean of this many planes around it; 1 for itself alone. */
  readonly movingAverage: number;
  /** The channel that is registered; all channels move with it. */
  readonly channel: number;
  /** 0 where a pixel does not count: one plane for all, or one for each plane of the stack. */
  readonly mask?: ImageStack | undefined;
}

/** The planes that are registered to each other: along z at each time point, or along t for single planes. */
export interface AlignmentSeries {
  readonly length: number;
  readonly count: number;
  /** Which plane of the stack is number `i` of series `s`. */
  indexOf(s: number, i: number, c: number): PlaneIndex;
  /** Where a plane of the stack stands. */
  positionOf(index: PlaneIndex): { readonly s: number; readonly i: number };
}

/** How the planes of a stack are grouped for alignment. */
export function alignmentSeries({ shape }: Pick<ImageStack, 'shape'>): AlignmentSeries {
  if (shape.z > 1) {
    return {
      length: shape.z,
      count: shape.t,
      indexOf: (s, i, c) => ({ t: s, c, z: i }),
      positionOf: ({ t, z }) => ({ s: t, i: z }),
    };
  }
  return {
    length: shape.t,
    count: 1,
    indexOf: (_s, i, c) => ({ t: i, c, z: 0 }),
    positionOf: ({ t }) => ({ s: 0, i: t }),
  };
}

/**
 * Registers one channel of a stack; the transforms of each series in order.
 *
 * @throws AxialError ImpossibleRequestError when the options do not fit the stack or each other
 */
export async function alignSeries(
  context: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  stack: ImageStack,
  options: AlignmentOptions,
): Promise<Transforms[]> {
  const series = alignmentSeries(stack);
  requireFit(options, series.length);
  if (options.mask) requireMaskFits(options.mask, stack);
  const { signal, tasks } = context;
  const { model, reference, anchor, firstCount } = options;
  const plan = planAlignment(series.length, reference, {
    anchor,
    firstCount,
    onlyBelieved: stack.shape.z > 1,
  });
  const size = { width: stack.shape.x, height: stack.shape.y };
  const batches = alignmentBatches(plan.pairs, size.width * size.height, tasks.concurrency);
  const total = plan.pairs.length * series.count;
  let done = 0;
  const all: Transforms[] = [];
  for (let s = 0; s < series.count; s++) {
    const read = seriesReader(stack, series, s, options, signal);
    const tell = (step: string): void => context.progress({ fraction: done / total, step });
    const shared = await sharedReference(plan, read, tell);
    const registrations: PairRegistration[] = [];
    await inParallel(batches, tasks.concurrency, async ({ references, pairs, first }) => {
      const planes: MaskedPlane[] = [];
      for (const { start, count } of references) {
        planes.push(count > 1 && shared ? copyOf(shared) : await read(start));
      }
      const jackknife = reference === 'global' && plan.onlyBelieved;
      const moved = planes.map(({ data }) => data.buffer);
      const input = { planes, pairs, model, jackknife };
      const found = await tasks.run('registerPlanes', input, signal, moved);
      found.forEach((registration, k) => (registrations[first + k] = registration));
      done += pairs.length;
      tell(`Registering pair ${done} of ${total}`);
    });
    all.push(await tasks.run('alignmentTransforms', { plan, model, size, registrations }, signal));
  }
  return all;
}

function requireFit(options: AlignmentOptions, planeCount: number): void {
  const { model, reference, anchor, firstCount } = options;
  if (model === 'bilinear' && (reference === 'previous' || reference === 'global')) {
    throw new AxialError(
      'ImpossibleRequestError',
      `Bilinear transforms cannot be chained, as the reference "${reference}" needs.`,
      'Choose first or mean as the reference, or the affine model.',
    );
  }
  if (anchor >= planeCount) {
    throw new AxialError(
      'ImpossibleRequestError',
      `There is no plane ${anchor} to hold; the series has ${planeCount}.`,
      'Planes count from 0.',
    );
  }
  if (firstCount > planeCount) {
    throw new AxialError(
      'ImpossibleRequestError',
      `The series has ${planeCount} planes, not ${firstCount} to make a reference of.`,
      'Choose fewer.',
    );
  }
}

/** Reads plane `i` of a series, or the mean of the planes around it. */
function seriesReader(
  stack: ImageStack,
  series: AlignmentSeries,
  s: number,
  { channel, movingAverage, mask }: AlignmentOptions,
  signal: AbortSignal,
): (i: number) => Promise<MaskedPlane> {
  const maskOf = mask && maskReader(mask, signal);
  const single = async (i: number): Promise<MaskedPlane> => {
    const index = series.indexOf(s, i, channel);
    const plane = await readPlane(stack, index, { signal });
    requireFinite(plane, i, stack.name);
    return maskOf ? { ...plane, mask: await maskOf(index) } : plane;
  };
  if (movingAverage < 2) return single;
  return async (i) => {
    const start = Math.max(0, i - Math.floor((movingAverage - 1) / 2));
    const end = Math.min(series.length, i + 1 + Math.floor(movingAverage / 2));
    const mean = planeMean();
    for (let k = start; k < end; k++) mean.add(await single(k));
    return mean.result();
  };
}

/** Reads the mask of a plane: 1 where the pixel counts. */
function maskReader(
  mask: ImageStack,
  signal: AbortSignal,
): (index: PlaneIndex) => Promise<Uint8Array> {
  const read = async (t: number, z: number): Promise<Uint8Array> => {
    const { data } = await readPlane(mask, { t, c: 0, z }, { signal });
    return Uint8Array.from(data, (value) => (value === 0 ? 0 : 1));
  };
  let only: Promise<Uint8Array> | null = null;
  return ({ t, z }) => {
    if (mask.shape.t * mask.shape.z === 1) return (only ??= read(0, 0));
    return read(mask.shape.t > 1 ? t : 0, mask.shape.z > 1 ? z : 0);
  };
}

function requireMaskFits({ shape, name }: ImageStack, stack: ImageStack): void {
  const fits =
    shape.x === stack.shape.x &&
    shape.y === stack.shape.y &&
    [1, stack.shape.z].includes(shape.z) &&
    [1, stack.shape.t].includes(shape.t);
  if (fits) return;
  throw new AxialError(
    'ImpossibleRequestError',
    `The mask ${name} does not fit the stack: it has ${shape.x} x ${shape.y} pixels, z=${shape.z}, t=${shape.t}, the stack ${stack.shape.x} x ${stack.shape.y}, z=${stack.shape.z}, t=${stack.shape.t}.`,
    'Take a mask of the same width and height, with one plane or as many planes as the stack.',
  );
}

/** The mean that all pairs share, or `null` when each has a plane of its own as reference. */
async function sharedReference(
  { pairs }: AlignmentPlan,
  read: (i: number) => Promise<MaskedPlane>,
  tell: (step: string) => void,
): Promise<MaskedPlane | null> {
  if (pairs.length === 0 || pairs.some(({ referenceCount }) => referenceCount < 2)) return null;
  const [{ referenceStart, referenceCount }] = pairs;
  const mean = planeMean();
  for (let i = 0; i < referenceCount; i++) {
    mean.add(await read(referenceStart + i));
    tell(`Averaging plane ${i + 1} of ${referenceCount}`);
  }
  return mean.result();
}

function copyOf(plane: MaskedPlane): MaskedPlane {
  return { ...plane, data: plane.data.slice() };
}

/** Does `work` on all items, a few at a time. */
async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]);
  };
  // One more than there are threads, so that planes are read while others are registered.
  await Promise.all(Array.from({ length: concurrency + 1 }, worker));
}
