import type { EdfResult } from '#core/focus/EdfAccumulator';
import { createEdf } from '#core/focus/createEdf';
import type { ImageStack } from '#core/image/ImageStack';
import { readPlane } from '#core/image/readPlane';
import type { CommandContext } from '#core/command/CommandContext';

/** Methods of extended depth of field as users name them. */
export const EDF_METHODS = ['complex-wavelet', 'variance', 'sobel'] as const;

export type EdfMethodName = (typeof EDF_METHODS)[number];

/** Fuses the planes of one channel and time point, one plane at a time. */
export async function fuseStack(
  context: Pick<CommandContext, 'signal' | 'progress'>,
  stack: ImageStack,
  {
    t,
    c,
    method,
    planes,
  }: {
    readonly t: number;
    readonly c: number;
    readonly method: EdfMethodName;
    /** Which planes to fuse. @default all */
    readonly planes?: readonly number[];
  },
): Promise<EdfResult> {
  const { x: width, y: height } = stack.shape;
  const chosen = planes ?? Array.from({ length: stack.shape.z }, (_, z) => z);
  const edf = createEdf(width, height, {
    method: method === 'complex-wavelet' ? 'complexWavelet' : method,
  });
  for (let pass = 0; pass < edf.passes; pass++) {
    for (const [i, z] of chosen.entries()) {
      edf.add(await readPlane(stack, { t, c, z }, { signal: context.signal }), i);
      context.progress({
        fraction: (pass * chosen.length + i + 1) / (edf.passes * chosen.length),
        step: `Fusing plane ${i + 1} of ${chosen.length}`,
      });
      context.signal.throwIfAborted();
    }
    edf.endPass();
  }
  return edf.finish();
}
