import type { ConvolutionOptions } from './convolution';
import { convolution } from './convolution';
import type { Layer } from './graph';

/** `plain` is a paper's network; `anchored` departs from it: see the network's own words. */
export type Variant = 'plain' | 'anchored';

/** Small, so that an anchored network starts close to its anchor. */
const FIRST_CORRECTION = 0.1;

/**
 * The last convolution, to one channel. In the anchored variant what it gives is added to an image
 * that is there without any training, which `anchor` makes under the name `anchor`.
 *
 * @returns the layers and the name of the result
 */
export function anchoredHead(
  input: string,
  inChannels: number,
  variant: Variant,
  anchor: readonly Layer[],
  options: ConvolutionOptions = {},
): { readonly layers: readonly Layer[]; readonly output: string } {
  const initial = variant === 'anchored' ? { initialScale: FIRST_CORRECTION } : {};
  const last = convolution('prediction', input, inChannels, 1, { ...options, ...initial });
  if (variant === 'plain') return { layers: [last], output: last.name };
  const output = 'anchoredPrediction';
  return {
    layers: [last, ...anchor, { op: 'add', name: output, inputs: ['anchor', last.name] }],
    output,
  };
}
