import type { Variant } from './anchoredHead';
import { anchoredHead } from './anchoredHead';
import { convolution } from './convolution';
import type { Layer, NetworkGraph } from './graph';
import type { Level } from './pyramid';
import { pyramid } from './pyramid';

/** Size and form of a Deep-Z network. */
export interface DeepZOptions {
  /** Channels of the first level; each level below has twice as many. @default 48 */
  readonly channels?: number;
  /** Resolution levels, the full one included. @default 5 */
  readonly levels?: number;
  /**
   * `plain` is the paper's network. `anchored` departs from it: the network predicts the difference
   * from its own input image, which is added at the end. @default 'plain'
   */
  readonly variant?: Variant;
}

const REPLICATE = { padding: 'replicate' } as const;

/**
 * The generator of Deep-Z (Wu et al. 2019, "Three-dimensional virtual refocusing of fluorescence
 * microscopy images using deep learning", doi:10.1038/s41592-019-0622-5): one image and its digital
 * propagation matrix in, the image at the matrix's heights out. Five residual down blocks with
 * 2 x 2 maxima between them, and four up blocks after transposed convolutions.
 *
 * The first convolution of a block has the mean of the channels that come from its neighbour and of
 * those that it gives, (25, 48), (72, 96) … (576, 768) and back (576, 384) … (72, 48), as the paper
 * lists them. The paper does not say how many channels a transposed convolution gives; here it keeps
 * them, because then the first convolution of each up block halves what it is given (1152 to 576, …,
 * 144 to 72).
 *
 * Of several images the last one is used, which callers make the nearest to the target. Axes and
 * units are those of `recurrentMz`.
 *
 * @throws RangeError when `channels` is not a positive even number or `levels` is not 1 to 8
 */
export function deepZ(options: DeepZOptions = {}): NetworkGraph {
  const { channels = 48, levels = 5, variant = 'plain' } = options;
  const all = pyramid(channels, levels);
  const decoded = levels > 1 ? 'up0' : 'down0';
  const anchor: Layer = { op: 'firstChannels', name: 'anchor', input: 'image', channels: 1 };
  const head = anchoredHead(decoded, channels, variant, [anchor], REPLICATE);
  return {
    format: 'axial-graph',
    version: 1,
    name: 'deep-z',
    variant,
    input: { name: 'images', channels: ['intensity', 'dpm'] },
    layers: [
      { op: 'lastInput', name: 'image', input: 'images' },
      ...all.flatMap(downBlock),
      ...all.toReversed().slice(1).flatMap(upBlock),
      ...head.layers,
    ],
    output: head.output,
    initial: { weights: 'xavier', bias: 0.1 },
  };
}

/** x + ReLU(Conv(ReLU(Conv(x)))), where x gets channels of zeros up to the number of the sum. */
function downBlock({ index, channels }: Level): Layer[] {
  const block = `down${index}`;
  const pool: Layer[] =
    index === 0 ? [] : [{ op: 'maxPool2', name: `${block}.pool`, input: `down${index - 1}` }];
  const input = index === 0 ? 'image' : `${block}.pool`;
  const inChannels = index === 0 ? 2 : channels / 2;
  return [
    ...pool,
    ...twoConvolutions(block, input, inChannels, (inChannels + channels) / 2, channels),
    { op: 'padChannels', name: `${block}.padded`, input, channels },
    { op: 'add', name: block, inputs: [`${block}.padded`, `${block}.second`] },
  ];
}

/** ReLU(Conv(ReLU(Conv(doubled level below, joined with this level's down block)))). */
function upBlock({ index, channels }: Level, position: number): Layer[] {
  const block = `up${index}`;
  const below = 2 * channels;
  const input = position === 0 ? `down${index + 1}` : `up${index + 1}`;
  const joined = `${block}.joined`;
  const layers: Layer[] = [
    {
      op: 'upConvolution2',
      name: `${block}.doubled`,
      input,
      inChannels: below,
      outChannels: below,
    },
    { op: 'concat', name: joined, inputs: [`${block}.doubled`, `down${index}`] },
    ...twoConvolutions(block, joined, below + channels, (below + channels) / 2, channels),
  ];
  return layers.map((layer) =>
    layer.name === `${block}.second` ? { ...layer, name: block } : layer,
  );
}

function twoConvolutions(
  block: string,
  input: string,
  inChannels: number,
  middleChannels: number,
  outChannels: number,
): Layer[] {
  const [first, second] = [`${block}.first`, `${block}.second`];
  return [
    convolution(`${first}.conv`, input, inChannels, middleChannels, REPLICATE),
    { op: 'relu', name: first, input: `${first}.conv` },
    convolution(`${second}.conv`, first, middleChannels, outChannels, REPLICATE),
    { op: 'relu', name: second, input: `${second}.conv` },
  ];
}
