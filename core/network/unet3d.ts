import type { Variant } from './anchoredHead';
import { anchoredHead } from './anchoredHead';
import { doubleConvolution } from './convolution';
import type { Layer, NetworkGraph } from './graph';
import type { Level } from './pyramid';
import { pyramid } from './pyramid';

/** Size and form of a 3D U-Net. */
export interface Unet3dOptions {
  /** Channels of the first level; each level below has twice as many. @default 60 */
  readonly channels?: number;
  /** Resolution levels, the full one included. @default 5 */
  readonly levels?: number;
  /**
   * `plain` is the paper's network. `anchored` departs from it as the anchored Recurrent-MZ does, so
   * that the two can be compared. @default 'plain'
   */
  readonly variant?: Variant;
}

/**
 * The 3D U-Net that Recurrent-MZ is compared with (Huang et al. 2021,
 * doi:10.1038/s41377-021-00506-9; after Çiçek et al. 2016, doi:10.1007/978-3-319-46723-8_49): M images
 * and their M digital propagation matrices, in turn, are the 2M planes of one volume (H x W x 2M, one
 * channel), and kernels are 3 x 3 x 3.
 *
 * Where the paper is silent: level k = 0, 1, … has 60 * 2^k channels, three times as many as
 * Recurrent-MZ's, so that the rival is not the smaller network; blocks, normalisation, upsampling and
 * skips are those of Recurrent-MZ, so that recurrence is the difference; pooling is lateral only,
 * because 2M planes cannot be halved four times; and the plane that comes out is the mean over the
 * 2M planes of the last block, convolved to one channel, so that one network takes any M. Unlike the
 * recurrence it does see the order of the images as their place in the volume.
 *
 * Axes and units are those of `recurrentMz`.
 *
 * @throws RangeError when `channels` is not a positive even number or `levels` is not 1 to 8
 */
export function unet3d(options: Unet3dOptions = {}): NetworkGraph {
  const { channels = 60, levels = 5, variant = 'plain' } = options;
  const all = pyramid(channels, levels);
  const anchor: Layer = { op: 'zInterpolation', name: 'anchor', input: 'images' };
  const head = anchoredHead('plane', channels, variant, [anchor], { kernel: 1 });
  return {
    format: 'axial-graph',
    version: 1,
    name: 'unet-3d',
    variant,
    input: { name: 'images', channels: ['intensity', 'dpm'] },
    layers: [
      { op: 'channelsAsInputs', name: 'volume', input: 'images' },
      ...all.flatMap(encoderBlock),
      ...all.toReversed().slice(1).flatMap(decoderBlock),
      { op: 'meanInput', name: 'plane', input: levels > 1 ? 'decoder0' : 'encoder0' },
      ...head.layers,
    ],
    output: head.output,
  };
}

function encoderBlock({ index, channels }: Level): Layer[] {
  const block = `encoder${index}`;
  if (index === 0) return doubleConvolution(block, 'volume', 1, channels / 2, channels, 'conv3d');
  const pool = `${block}.pool`;
  return [
    { op: 'maxPool2', name: pool, input: `encoder${index - 1}` },
    ...doubleConvolution(block, pool, channels / 2, channels / 2, channels, 'conv3d'),
  ];
}

function decoderBlock({ index, channels }: Level, position: number): Layer[] {
  const block = `decoder${index}`;
  const below = position === 0 ? `encoder${index + 1}` : `decoder${index + 1}`;
  const joined = `${block}.joined`;
  return [
    { op: 'upsample2', name: `${block}.up`, input: below },
    { op: 'concat', name: joined, inputs: [`${block}.up`, `encoder${index}`] },
    ...doubleConvolution(block, joined, 3 * channels, channels, channels, 'conv3d'),
  ];
}
