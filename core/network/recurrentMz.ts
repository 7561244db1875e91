import type { Variant } from './anchoredHead';
import { anchoredHead } from './anchoredHead';
import { blendedAnchor } from './blendedAnchor';
import { convolution, doubleConvolution } from './convolution';
import type { Layer, NetworkGraph } from './graph';
import type { Level } from './pyramid';
import { pyramid } from './pyramid';

/** Size and form of a Recurrent-MZ network. */
export interface RecurrentMzOptions {
  /** Channels of the first level; each level below has twice as many. @default 20 */
  readonly channels?: number;
  /** Resolution levels, the full one included. @default 5 */
  readonly levels?: number;
  /**
   * `plain` is the paper's network. `anchored` departs from it: the network predicts the difference
   * from the linear z-interpolation of its own inputs, which is added at the end. `blended` is for networks that
   * are shown two estimates of the target as their last images: see `blendedAnchor`. @default 'plain'
   */
  readonly variant?: Variant | 'blended';
}

/**
 * The generator of Recurrent-MZ (Huang et al. 2021, "Recurrent neural network-based volumetric
 * fluorescence microscopy", doi:10.1038/s41377-021-00506-9): an encoder that sees each of M images,
 * a convolutional gated recurrence over the images at every level with a residual 1 x 1
 * convolution, and a decoder with skip connections.
 *
 * Each image has two channels: normalised intensity, and the digital propagation matrix, target z
 * minus the image's z in micrometres / 10. M is free and the images may come in any order; the last
 * one gives the residual path, so callers put the image nearest to the target last. The output is one
 * normalised image.
 *
 * @throws RangeError when `channels` is not a positive even number or `levels` is not 1 to 8
 */
export function recurrentMz(options: RecurrentMzOptions = {}): NetworkGraph {
  const { channels = 20, levels = 5, variant = 'plain' } = options;
  const all = pyramid(channels, levels);
  const decoded = levels > 1 ? 'decoder0' : 'recurrent0';
  const blended = variant === 'blended';
  const anchor = blended ? blendedAnchor(decoded, channels) : [INTERPOLATION];
  const form = blended ? 'anchored' : variant;
  const head = anchoredHead(decoded, channels, form, anchor, { kernel: 1 });
  return {
    format: 'axial-graph',
    version: 1,
    name: 'recurrent-mz',
    variant,
    input: { name: 'images', channels: ['intensity', 'dpm'] },
    layers: [
      ...all.flatMap(encoderBlock),
      ...all.flatMap(recurrentBlock),
      ...all.toReversed().slice(1).flatMap(decoderBlock),
      ...head.layers,
    ],
    output: head.output,
  };
}

const INTERPOLATION: Layer = { op: 'zInterpolation', name: 'anchor', input: 'images' };

/** Pooling (below the first level), then two convolutions to half and to all of the channels. */
function encoderBlock(level: Level): Layer[] {
  const block = `encoder${level.index}`;
  if (level.index === 0) {
    return doubleConvolution(block, 'images', 2, level.channels / 2, level.channels);
  }
  const above = `encoder${level.index - 1}`;
  return [
    { op: 'maxPool2', name: `${block}.pool`, input: above },
    ...doubleConvolution(
      block,
      `${block}.pool`,
      level.channels / 2,
      level.channels / 2,
      level.channels,
    ),
  ];
}

/** s = x + Conv1x1(GRU(x)), where x is the last image's block and the GRU has seen all of them. */
function recurrentBlock(level: Level): Layer[] {
  const block = `recurrent${level.index}`;
  const encoded = `encoder${level.index}`;
  const channels = level.channels;
  return [
    convolution(`${block}.gateX`, encoded, channels, channels),
    convolution(`${block}.candidateX`, encoded, channels, channels),
    gru(block, channels),
    convolution(`${block}.projection`, `${block}.state`, channels, channels, { kernel: 1 }),
    { op: 'lastInput', name: `${block}.last`, input: encoded },
    { op: 'add', name: block, inputs: [`${block}.last`, `${block}.projection`] },
  ];
}

/** f = sigmoid(Wf x + Uf h + bf); g = tanh(Wh x + bh + Uh (f h)); h = (1 - f) h + f g = h + f (g - h). */
function gru(block: string, channels: number): Layer {
  const name = (part: string): string => `${block}.${part}`;
  return {
    op: 'recurrent',
    name: name('state'),
    sequences: [name('gateX'), name('candidateX')],
    state: { name: name('h'), channels },
    layers: [
      convolution(name('gateH'), name('h'), channels, channels, { bias: false }),
      { op: 'add', name: name('gateSum'), inputs: [name('gateX'), name('gateH')] },
      { op: 'sigmoid', name: name('gate'), input: name('gateSum') },
      { op: 'mul', name: name('kept'), inputs: [name('gate'), name('h')] },
      convolution(name('candidateH'), name('kept'), channels, channels, { bias: false }),
      { op: 'add', name: name('candidateSum'), inputs: [name('candidateX'), name('candidateH')] },
      { op: 'tanh', name: name('candidate'), input: name('candidateSum') },
      { op: 'sub', name: name('change'), inputs: [name('candidate'), name('h')] },
      { op: 'mul', name: name('update'), inputs: [name('gate'), name('change')] },
      { op: 'add', name: name('next'), inputs: [name('h'), name('update')] },
    ],
    next: name('next'),
  };
}

/** Doubles the level below, joins it with this level's recurrent block, and convolves twice. */
function decoderBlock(level: Level, position: number): Layer[] {
  const block = `decoder${level.index}`;
  const below = position === 0 ? `recurrent${level.index + 1}` : `decoder${level.index + 1}`;
  const { channels } = level;
  return [
    { op: 'upsample2', name: `${block}.up`, input: below },
    {
      op: 'concat',
      name: `${block}.joined`,
      inputs: [`${block}.up`, `recurrent${level.index}`],
    },
    ...doubleConvolution(block, `${block}.joined`, 3 * channels, channels, channels),
  ];
}
