import { z } from 'zod';
import { nucleiSample } from '#core/optics/nucleiSample';
import { simulatedStacks } from '#core/command/steps/simulatedStacks';
import { simulateInParallel } from '#core/command/steps/simulateInParallel';
import { defineCommand } from '#core/command/defineCommand';

const size = (title: string, max: number, fallback: number) =>
  z.int().min(1).max(max).default(fallback).meta({ title, unit: 'px' });

const length = (title: string, fallback: number) =>
  z.number().positive().max(20).default(fallback).meta({ title, unit: 'um' });

/** For histories and macros of version 0.1; `simulate` does this and more. */
export const simulateNuclei = defineCommand({
  id: 'simulate.nuclei',
  title: 'Simulate Nuclei',
  summary:
    'Simulates a wide-field stack of nuclei through a 63x/1.4 oil objective, with its truth.',
  menu: [],
  verb: null,
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
    seed: z.int().min(0).default(1).meta({ title: 'Seed' }),
    width: size('Width', 4096, 256),
    height: size('Height', 4096, 256),
    planes: z.int().min(1).max(500).default(41).meta({ title: 'Planes' }),
    pixelSizeUm: length('Pixel size', 0.1),
    zStepUm: length('Plane spacing', 0.2),
    emissionUm: z.number().min(0.3).max(1).default(0.461).meta({ title: 'Emission', unit: 'um' }),
    radiusUm: length('Nucleus radius', 3.2),
    photons: z.number().positive().max(1e6).default(250).meta({ title: 'Photons' }),
    depthUm: z.number().min(0).max(50).default(1).meta({ title: 'Depth', unit: 'um' }),
  }),
  async run(context, _inputs, params) {
    const options = nucleiSample(params);
    const labels = { what: 'nuclei', channel: 'DAPI', magnification: 63 };
    const stacks = simulatedStacks(options, labels);
    const { noisy, clean } = await simulateInParallel(context, options);
    return {
      stacks: { simulated: stacks.noisy(noisy), clean: stacks.clean(clean) },
      report: { seed: params.seed, shape: stacks.shape },
      lines: [
        `Simulated ${params.width} x ${params.height} x ${params.planes} with seed ${params.seed}`,
      ],
    };
  },
});
