import { z } from 'zod';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { PixelArray } from '#core/image/PixelType';
import { OBJECTIVES } from '#core/optics/objectives';
import { defineCommand } from '#core/command/defineCommand';

const size = (title: string, description: string, max: number, fallback: number) =>
  z.int().min(1).max(max).default(fallback).meta({ title, description, unit: 'px' });

const length = (title: string, description: string, fallback: number) =>
  z.number().positive().max(20).default(fallback).meta({ title, description, unit: 'um' });

export const simulateNuclei = defineCommand({
  id: 'simulate.nuclei',
  title: 'Simulate Nuclei…',
  summary:
    'Simulates a wide-field stack of nuclei through a 63x/1.4 oil objective, with its truth.',
  menu: ['Plugins', 'Simulate'],
  verb: 'simulate',
  inputs: [],
  outputs: [
    { name: 'simulated', title: 'What the camera gives', kind: 'stack', flag: 'o' },
    {
      name: 'clean',
      title: 'The same without noise',
      kind: 'stack',
      flag: 'truth',
      optional: true,
    },
  ],
  params: z.object({
    seed: z.int().min(0).default(1).meta({
      title: 'Seed',
      description: 'The same seed gives the same specimen and the same noise.',
    }),
    width: size('Width', 'Width of the planes.', 4096, 256),
    height: size('Height', 'Height of the planes.', 4096, 256),
    planes: z
      .int()
      .min(1)
      .max(500)
      .default(41)
      .meta({ title: 'Planes', description: 'Number of planes.' }),
    pixelSizeUm: length('Pixel size', 'Distance between pixels in the specimen.', 0.1),
    zStepUm: length('Plane spacing', 'Distance between planes.', 0.2),
    emissionUm: z.number().min(0.3).max(1).default(0.461).meta({
      title: 'Emission',
      unit: 'um',
      description: 'Emission wavelength; 0.461 is DAPI.',
    }),
    radiusUm: length('Nucleus radius', 'Geometric mean radius of the nuclei.', 3.2),
    photons: z.number().positive().max(1e6).default(250).meta({
      title: 'Photons',
      description: 'Photoelectrons of the bright parts; fewer is noisier.',
    }),
    depthUm: z.number().min(0).max(50).default(1).meta({
      title: 'Depth',
      unit: 'um',
      description: 'Depth below the coverslip, where index mismatch blurs more.',
    }),
  }),
  async run(context, _inputs, params) {
    context.progress({ fraction: null, step: 'Simulating' });
    const { noisy, clean } = await context.tasks.run('simulateSample', params, context.signal);
    const shape = { t: 1, c: 1, z: params.planes, y: params.height, x: params.width };
    const facts = { shape, calibration: calibrationOf(params) };
    return {
      stacks: {
        simulated: stackOf('Simulated nuclei', 'uint16', noisy, facts),
        clean: stackOf('Simulated nuclei, without noise', 'float32', clean, facts),
      },
      report: { seed: params.seed, shape },
      lines: [
        `Simulated ${params.width} x ${params.height} x ${params.planes} with seed ${params.seed}`,
      ],
    };
  },
});

function calibrationOf(params: {
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
  readonly emissionUm: number;
}): ImageStack['calibration'] {
  const { pixelSizeUm, zStepUm, emissionUm } = params;
  const { numericalAperture, immersionIndex } = OBJECTIVES.oil63;
  return {
    ...unknownCalibration(1),
    pixelSizeUm: { x: pixelSizeUm, y: pixelSizeUm, z: zStepUm },
    channels: [{ name: 'DAPI', excitationNm: null, emissionNm: Math.round(emissionUm * 1000) }],
    objective: { numericalAperture, magnification: 63, immersionIndex },
  };
}

function stackOf(
  name: string,
  pixelType: ImageStack['pixelType'],
  planes: readonly PixelArray[],
  { shape, calibration }: Pick<ImageStack, 'shape' | 'calibration'>,
): ImageStack {
  return {
    name,
    shape,
    pixelType,
    calibration,
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(shape, planes),
  };
}
