import type { ImageStack } from '#core/image/ImageStack';
import { estimateNormalisation } from '#core/normalise/estimateNormalisation';
import type { Normalisation } from '#core/normalise/Normalisation';
import { triangleThreshold } from '#core/threshold/triangleThreshold';
import { fuseStack, type FuseContext } from './fuseStack';

/** Methods of normalisation as users name them. */
export const NORMALISATION_METHODS = ['paper', 'plugin'] as const;

/** One of `NORMALISATION_METHODS`. */
export type NormalisationMethodName = (typeof NORMALISATION_METHODS)[number];

/** What is normalised, and how. */
export interface StackNormalisationOptions {
  readonly t: number;
  readonly c: number;
  readonly method: NormalisationMethodName;
  /** The planes that it is measured on. @default all */
  readonly planes?: readonly number[];
}

/**
 * Offset and scale of one channel and time point: the planes are fused into one all-in-focus image,
 * the triangle method finds its foreground, and the method takes its figures from there.
 */
export async function stackNormalisation(
  context: FuseContext,
  stack: ImageStack,
  { t, c, method, planes }: StackNormalisationOptions,
): Promise<Normalisation> {
  const { fused } = await fuseStack(context, stack, {
    t,
    c,
    method: 'complex-wavelet',
    planes,
  });
  return estimateNormalisation(fused, triangleThreshold(fused).threshold, method);
}
