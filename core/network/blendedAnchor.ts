import { convolution } from './convolution';
import type { Layer } from './graph';

/**
 * The anchor of a network that is shown two estimates of what it is to make, as the last two of its images: it decides
 * for each pixel how far to trust the last but one instead of the last. At first the last counts for 98 %, so that a
 * network which was trained to correct it alone begins where it stood.
 *
 * @param input the features of the last block
 * @returns layers whose last is called `anchor`, for `anchoredHead`
 */
export function blendedAnchor(input: string, inChannels: number): readonly Layer[] {
  const estimate = (name: string, back: number): Layer[] => [
    { op: 'lastInput', name: `${name}.block`, input: 'images', back },
    { op: 'firstChannels', name, input: `${name}.block`, channels: 1 },
  ];
  return [
    ...estimate('lastButOne', 1),
    ...estimate('last', 0),
    convolution('trust', input, inChannels, 1, { kernel: 1, initialScale: 0, initialBias: -4 }),
    { op: 'sigmoid', name: 'share', input: 'trust' },
    { op: 'sub', name: 'difference', inputs: ['lastButOne', 'last'] },
    { op: 'mul', name: 'shift', inputs: ['share', 'difference'] },
    { op: 'add', name: 'anchor', inputs: ['last', 'shift'] },
  ];
}
