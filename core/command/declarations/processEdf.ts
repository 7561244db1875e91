import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { PixelArray } from '#core/image/PixelType';
import { singlePlaneCalibration } from '#core/image/singlePlaneCalibration';
import { defineCommand } from '#core/command/defineCommand';
import { fuseStack, EDF_METHODS } from '#core/command/steps/fuseStack';
import { countOf } from '#core/util/countOf';
import { toPixelType } from '#core/image/toPixelType';

export const processEdf = defineCommand({
  id: 'process.edf',
  title: 'Extended Depth of Field…',
  summary: 'Fuses the planes of a stack into one image in which everything is in focus.',
  menu: ['Process'],
  verb: 'edf',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [
    { name: 'fused', title: 'All-in-focus image', kind: 'stack', flag: 'o' },
    {
      name: 'heightMap',
      title: 'Height map: plane of best focus, counted from 0',
      kind: 'stack',
      flag: 'height-map',
      optional: true,
    },
  ],
  params: z.object({
    method: z.enum(EDF_METHODS).default('complex-wavelet').meta({
      title: 'Method',
      description:
        'complex-wavelet is what the papers used; variance and sobel are quick looks for clean images.',
    }),
  }),
  async run(context, { stack }, { method }) {
    const fused: PixelArray[] = [];
    const heights: PixelArray[] = [];
    for (let t = 0; t < stack.shape.t; t++) {
      for (let c = 0; c < stack.shape.c; c++) {
        const result = await fuseStack(context, stack, { t, c, method });
        fused.push(toPixelType(result.fused.data, stack.pixelType));
        heights.push(result.heightMap.data);
      }
    }
    return {
      stacks: {
        fused: projected(stack, fused, stack.pixelType, 'EDF'),
        heightMap: { ...projected(stack, heights, 'uint16', 'height'), valueMapping: null },
      },
      report: { method, planes: stack.shape.z },
      lines: [`Fused ${countOf(stack.shape.z, 'plane')} (${method})`],
    };
  },
});

function projected(
  stack: ImageStack,
  planes: readonly PixelArray[],
  pixelType: ImageStack['pixelType'],
  suffix: string,
): ImageStack {
  const shape = { ...stack.shape, z: 1 };
  return {
    ...stack,
    name: `${stack.name} ${suffix}`,
    shape,
    pixelType,
    calibration: singlePlaneCalibration(stack.calibration),
    source: memoryPlaneSource(shape, planes),
  };
}
