import type { EdfResult } from '#core/focus/EdfResult';
import type { EdfWork } from '#core/focus/edfWork';
import { fusePlanes, type EdfMethod } from '#core/focus/fusePlanes';
import type { PlaneBatch } from '#core/focus/planePasses';
import type { StoredPlane } from '#core/focus/StoredPlane';
import type { ImageStack } from '#core/image/ImageStack';
import type { CommandContext } from '#core/command/CommandContext';
import type { TaskInput, TaskName, TaskRunner } from '#core/command/TaskRunner';
import { buffersOf } from '#core/util/buffersOf';

/** Methods of extended depth of field as users name them; wavelet is short for complex-wavelet. */
export const EDF_METHODS = [
  'complex-wavelet',
  'wavelet',
  'focus-surface',
  'variance',
  'sobel',
  'laplacian',
] as const;

/** One of `EDF_METHODS`. */
type EdfMethodName = (typeof EDF_METHODS)[number];

const METHODS: { readonly [K in EdfMethodName]: EdfMethod } = {
  'complex-wavelet': 'complexWavelet',
  wavelet: 'complexWavelet',
  'focus-surface': 'focusSurface',
  variance: 'variance',
  sobel: 'sobel',
  laplacian: 'laplacian',
};

/** How planes are fused. */
export interface FuseMethod {
  readonly method: EdfMethodName;
  /** Number of wavelet taps. @default 14 */
  readonly filterLength?: 6 | 14 | 22;
  /** Window of variance and laplacian in pixels, odd. @default 5 */
  readonly windowPx?: number;
}

/** Which planes are fused, and how. */
export interface FuseOptions extends FuseMethod {
  readonly t: number;
  readonly c: number;
  /** Which planes to fuse. @default all */
  readonly planes?: readonly number[];
}

/** What a fusion uses of the context of its command. */
export type FuseContext = Pick<CommandContext, 'signal' | 'progress' | 'tasks'>;

/** Fuses the planes of one channel and time point, a few planes at a time. */
export function fuseStack(
  context: FuseContext,
  stack: ImageStack,
  { t, c, planes, ...how }: FuseOptions,
): Promise<EdfResult> {
  const count = planes?.length ?? stack.shape.z;
  const { x: width, y: height } = stack.shape;
  const read = async (i: number): Promise<StoredPlane> => {
    const index = { t, c, z: planes?.[i] ?? i };
    const data = await stack.source.read(index, { lend: true, signal: context.signal });
    return { width, height, data };
  };
  return fuseReadPlanes(context, count, read, how);
}

/** Fuses planes that `read` gives. */
export function fuseReadPlanes(
  { signal, progress, tasks }: FuseContext,
  count: number,
  read: (z: number) => Promise<StoredPlane>,
  { method, filterLength, windowPx }: FuseMethod,
): Promise<EdfResult> {
  return fusePlanes(count, read, {
    method: METHODS[method],
    filterLength,
    windowPx,
    work: workOf(tasks, signal),
    // One more than there are threads, so that planes are read while others are worked on.
    ahead: tasks.concurrency + 1,
    signal,
    onProgress: (fraction) => progress({ fraction, step: `Fusing ${count} planes` }),
  });
}

/** The heavy work of a fusion, done where tasks run. What a work uses up moves there; planes are lent, so copies do. */
function workOf(tasks: TaskRunner, signal: AbortSignal): EdfWork {
  const onPlanes =
    <K extends TaskName>(name: K) =>
    (input: TaskInput<K> & PlaneBatch) => {
      const planes = input.planes.map((plane) => ({ ...plane, data: plane.data.slice() }));
      return tasks.run(name, { ...input, planes }, signal, buffersOf(planes));
    };
  const usingUp =
    <K extends TaskName>(name: K) =>
    (input: TaskInput<K>) =>
      tasks.run(name, input, signal, buffersOf(input));
  return {
    sharpestPixels: onPlanes('sharpestPixels'),
    competingCoefficients: onPlanes('competingCoefficients'),
    consistentChoices: (input) => tasks.run('consistentChoices', input, signal),
    chosenCoefficients: onPlanes('chosenCoefficients'),
    fusedValues: usingUp('fusedValues'),
    surveyPlanes: onPlanes('surveyPlanes'),
    focusMaps: onPlanes('focusMaps'),
    focusSurface: usingUp('focusSurface'),
    beginSampling: usingUp('beginSampling'),
    sampleSurface: usingUp('sampleSurface'),
    joinEstimates: usingUp('joinEstimates'),
  };
}
