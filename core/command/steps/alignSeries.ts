import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readPlane } from '#core/image/readPlane';
import { alignmentTransforms } from '#core/registration/alignmentTransforms';
import {
  planAlignment,
  type AlignmentPair,
  type AlignmentReference,
} from '#core/registration/planAlignment';
import { planeMean } from '#core/registration/planeMean';
import type { PairRegistration } from '#core/registration/registerPair';
import type { TransformModel } from '#core/registration/TransformModel';
import type { Transforms } from '#core/registration/Transforms';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';

/** What is registered to what, and how it may move. */
export interface AlignmentOptions {
  readonly model: TransformModel;
  readonly reference: AlignmentReference;
  /** The channel that is registered; all channels move with it. */
  readonly channel: number;
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

/** Registers one channel of a stack; the transforms of each series in order. */
export async function alignSeries(
  context: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  stack: ImageStack,
  options: AlignmentOptions,
): Promise<Transforms[]> {
  const series = alignmentSeries(stack);
  const plan = planAlignment(series.length, options.reference);
  const total = plan.pairs.length * series.count;
  let done = 0;
  const all: Transforms[] = [];
  for (let s = 0; s < series.count; s++) {
    const read = async (i: number): Promise<Plane> => {
      const index = series.indexOf(s, i, options.channel);
      const plane = await readPlane(stack, index, { signal: context.signal });
      requireFinite(plane, i, stack.name);
      return plane;
    };
    const shared = await sharedReference(plan.pairs, read);
    const registrations = await inParallel(plan.pairs, context.tasks.concurrency, async (pair) => {
      const reference = shared ?? (await read(pair.referenceStart));
      const input = { reference, moving: await read(pair.moving), model: options.model };
      const registration = await context.tasks.run('registerPair', input, context.signal);
      done++;
      context.progress({ fraction: done / total, step: `Registering plane ${done} of ${total}` });
      return registration;
    });
    const size = { width: stack.shape.x, height: stack.shape.y };
    all.push(alignmentTransforms(plan, options.model, size, registrations));
  }
  return all;
}

/** The mean that all pairs share, or `null` when each has a plane of its own as reference. */
async function sharedReference(
  pairs: readonly AlignmentPair[],
  read: (i: number) => Promise<Plane>,
): Promise<Plane | null> {
  if (pairs.length === 0 || pairs.some(({ referenceCount }) => referenceCount < 2)) return null;
  const mean = planeMean();
  for (let i = 0; i < pairs[0].referenceCount; i++)
    mean.add(await read(pairs[0].referenceStart + i));
  return mean.result();
}

/** Runs `work` on all items, a few at a time; results in the order of the items. */
async function inParallel(
  pairs: readonly AlignmentPair[],
  concurrency: number,
  work: (pair: AlignmentPair) => Promise<PairRegistration>,
): Promise<PairRegistration[]> {
  const results: PairRegistration[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < pairs.length) {
      const at = next++;
      results[at] = await work(pairs[at]);
    }
  };
  // One more than there are threads, so that a plane is read while others are registered.
  await Promise.all(Array.from({ length: concurrency + 1 }, worker));
  return results;
}
