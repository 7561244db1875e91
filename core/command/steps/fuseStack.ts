import type { EdfMethod, EdfResult } from '#core/focus/EdfAccumulator';
import { fusePlanes } from '#core/focus/fusePlanes';
import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import { readPlane } from '#core/image/readPlane';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';

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

type FuseContext = Pick<CommandContext, 'signal' | 'progress'>;

/** Fuses the planes of one channel and time point, one plane at a time. */
export function fuseStack(
  context: FuseContext,
  stack: ImageStack,
  { t, c, planes, ...how }: FuseOptions,
): Promise<EdfResult> {
  const count = planes?.length ?? stack.shape.z;
  const read = async (i: number): Promise<Plane> => {
    const z = planes?.[i] ?? i;
    const plane = await readPlane(stack, { t, c, z }, { signal: context.signal });
    requireFinite(plane, z, stack.name);
    return plane;
  };
  return fuseReadPlanes(context, count, read, how);
}

/** Fuses planes that `read` gives. */
export function fuseReadPlanes(
  { signal, progress }: FuseContext,
  count: number,
  read: (z: number) => Promise<Plane>,
  { method, filterLength, windowPx }: FuseMethod,
): Promise<EdfResult> {
  return fusePlanes(count, read, {
    method: METHODS[method],
    filterLength,
    windowPx,
    signal,
    onProgress: (fraction) => progress({ fraction, step: `Fusing ${count} planes` }),
  });
}
