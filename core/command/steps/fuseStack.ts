import type { EdfResult } from '#core/focus/EdfAccumulator';
import { fusePlanes } from '#core/focus/fusePlanes';
import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import { readPlane } from '#core/image/readPlane';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';

/** Methods of extended depth of field as users name them. */
export const EDF_METHODS = ['complex-wavelet', 'variance', 'sobel'] as const;

/** One of `EDF_METHODS`. */
export type EdfMethodName = (typeof EDF_METHODS)[number];

/** Which planes are fused, and how. */
export interface FuseOptions {
  readonly t: number;
  readonly c: number;
  readonly method: EdfMethodName;
  /** Which planes to fuse. @default all */
  readonly planes?: readonly number[];
}

/** Fuses the planes of one channel and time point, one plane at a time. */
export function fuseStack(
  { signal, progress }: Pick<CommandContext, 'signal' | 'progress'>,
  stack: ImageStack,
  { t, c, method, planes }: FuseOptions,
): Promise<EdfResult> {
  const count = planes?.length ?? stack.shape.z;
  const read = async (i: number): Promise<Plane> => {
    const z = planes?.[i] ?? i;
    const plane = await readPlane(stack, { t, c, z }, { signal });
    requireFinite(plane, z);
    return plane;
  };
  return fusePlanes(count, read, {
    method: method === 'complex-wavelet' ? 'complexWavelet' : method,
    signal,
    onProgress: (fraction) => progress({ fraction, step: `Fusing ${count} planes` }),
  });
}
