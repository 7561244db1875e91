import { convolution } from './convolution';
import type { Layer } from './graph';

/**
 * The last convolutions of a network that is shown two estimates of what it is to make, as the last two of its
 * images: one decides for each pixel how far to trust the last but one instead of the last, the other is added to
 * what comes of that. At first the last counts for 98 %, so that a network which was trained to correct it alone
 * begins where it stood.
 *
 * @param input the features of the last block
 * @returns the layers and the name of the result
 */
export function blendedHead(
  input: string,
  inChannels: number,
): { readonly layers: readonly Layer[]; readonly output: string } {
  const estimate = (name: string, back: number): Layer[] => [
    { op: 'lastInput', name: `${name}.block`, input: 'images', back },
    { op: 'firstChannels', name, input: `${name}.block`, channels: 1 },
  ];
  const one = { kernel: 1 } as const;
  const output = 'blendedPrediction';
  return {
    layers: [
      ...estimate('lastButOne', 1),
      ...estimate('last', 0),
      convolution('trust', input, inChannels, 1, { ...one, initialScale: 0, initialBias: -4 }),
      { op: 'sigmoid', name: 'share', input: 'trust' },
      { op: 'sub', name: 'difference', inputs: ['lastButOne', 'last'] },
      { op: 'mul', name: 'shift', inputs: ['share', 'difference'] },
      convolution('prediction', input, inChannels, 1, { ...one, initialScale: 0.1 }),
      { op: 'add', name: 'blend', inputs: ['last', 'shift'] },
      { op: 'add', name: output, inputs: ['blend', 'prediction'] },
    ],
    output,
  };
}
