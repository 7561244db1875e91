import { z } from 'zod';
import { heightsUm } from '#core/focus/heightsUm';
import { smoothHeights } from '#core/focus/smoothHeights';
import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import type { PixelType } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';
import { defineCommand } from '#core/command/defineCommand';
import { CHANNEL_MODES, fuseChannels } from '#core/command/steps/fuseChannels';
import { fuseSeries, type FuseTimePoint } from '#core/command/steps/fuseSeries';
import { EDF_METHODS } from '#core/command/steps/fuseStack';
import { AxialError } from '#core/util/errors';
import { countOf } from '#core/util/countOf';
import { toPixelType } from '#core/image/toPixelType';

const WAVELET = { method: ['complex-wavelet', 'wavelet'] };
const WINDOWED = { method: ['variance', 'laplacian'] };

const params = z.object({
  method: z.enum(EDF_METHODS).default('complex-wavelet').meta({
    title: 'Method',
    description:
      'complex-wavelet (or wavelet) is what the papers used; focus-surface comes closest to one sheet or relief; variance, sobel and laplacian are quick looks.',
  }),
  filterLength: z.enum(['6', '14', '22']).default('14').meta({
    title: 'Wavelet taps',
    appliesTo: WAVELET,
    description: 'Length of the complex wavelet filter; 6 is often closer to the truth.',
  }),
  windowPx: z.int().min(1).max(51).default(5).meta({
    title: 'Window',
    appliesTo: WINDOWED,
    description: 'Side of the window of variance and laplacian, an odd number.',
    unit: 'px',
  }),
  channels: z.enum(CHANNEL_MODES).default('separate').meta({
    title: 'Channels',
    needsAxis: 'c',
    description:
      'separate fuses each channel by itself; luminance and principal choose one plane for all of them, for colour images.',
  }),
  heightUnit: z.enum(['planes', 'um']).default('planes').meta({
    title: 'Unit of the height map',
    advanced: true,
    description: 'Planes counted from 0, or micrometres from the first plane.',
  }),
  heightMedianPx: z.enum(['1', '3', '5']).default('1').meta({
    title: 'Median of the heights',
    advanced: true,
    description: 'Removes single wrong heights; 1 leaves them as they are.',
    unit: 'px',
  }),
  heightSigmaPx: z.number().min(0).max(100).default(0).meta({
    title: 'Smoothing of the heights',
    advanced: true,
    description: 'Standard deviation of a Gaussian after the median; 0 for none.',
    unit: 'px',
  }),
});

export const processEdf = defineCommand({
  id: 'process.edf',
  title: 'Extended Depth of Field…',
  summary: 'Fuses the planes of a stack into one image in which everything is in focus.',
  menu: ['Process'],
  verb: 'edf',
  runShare: 0.95,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [
    { name: 'fused', title: 'All-in-focus image', kind: 'stack', flag: 'o' },
    {
      name: 'heightMap',
      title: 'Height map: place of best focus along z',
      kind: 'stack',
      flag: 'height-map',
      optional: true,
    },
  ],
  params,
  async run(context, { stack }, options) {
    const { method, windowPx } = options;
    requireOdd(windowPx);
    const toHeights = heightMapper(stack, options);
    const heightType = heightTypeOf(stack, options);
    const how = { method, windowPx, filterLength: TAPS[options.filterLength] };
    const fuse: FuseTimePoint = async (t, part) => {
      const { fused, heights } = await fuseChannels(part, stack, t, options.channels, how);
      return {
        fused: fused.map(({ data }) => toPixelType(data, stack.pixelType)),
        heightMap: heights.map((plane) => toPixelType(toHeights(plane).data, heightType)),
      };
    };
    const { fused, heightMap } = await fuseSeries(context, stack, heightType, fuse);
    return {
      stacks: { fused, heightMap: { ...heightMap, valueMapping: null } },
      report: { method, planes: stack.shape.z, heightUnit: options.heightUnit },
      lines: [`Fused ${countOf(stack.shape.z, 'plane')} (${method})`],
    };
  },
});

type Options = z.infer<typeof params>;

const TAPS = { '6': 6, '14': 14, '22': 22 } as const;

/** What is done to the heights of a fusion; fails before any work when the unit cannot be had. */
function heightMapper(stack: ImageStack, options: Options): (heights: Plane) => Plane {
  const smoothing = {
    medianPx: Number(options.heightMedianPx),
    sigmaPx: options.heightSigmaPx,
  };
  if (options.heightUnit === 'planes') return (heights) => smoothHeights(heights, smoothing);
  const positionsUm = zPositionsUm(stack.calibration, stack.shape.z);
  if (!positionsUm) {
    throw new AxialError(
      'ImpossibleRequestError',
      'Heights in micrometres need the spacing of the planes, which the stack does not state.',
      'Set the plane spacing first, or ask for planes.',
    );
  }
  return (heights) => heightsUm(smoothHeights(heights, smoothing), positionsUm);
}

function requireOdd(windowPx: number): void {
  if (windowPx % 2 === 1) return;
  throw new AxialError(
    'UsageError',
    `The window must be an odd number of pixels, not ${windowPx}.`,
    `Use ${windowPx - 1} or ${windowPx + 1}.`,
  );
}

/** Whole plane numbers are kept as integers. */
function heightTypeOf({ shape }: ImageStack, options: Options): PixelType {
  const { method, channels, heightUnit, heightSigmaPx } = options;
  // Channels that are fused together take whole planes with every method.
  const together = channels !== 'separate' && shape.c > 1;
  const isWhole = method !== 'focus-surface' || together;
  return isWhole && heightUnit === 'planes' && heightSigmaPx === 0 ? 'uint16' : 'float32';
}
