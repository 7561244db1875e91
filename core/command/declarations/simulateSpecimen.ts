import { magnificationOf, simulationOptions, stainOf } from '#core/command/steps/simulationOptions';
import { simulatedStacks } from '#core/command/steps/simulatedStacks';
import { simulateInParallel, simulateTruth } from '#core/command/steps/simulateInParallel';
import { defineCommand } from '#core/command/defineCommand';
import { simulationParams } from './simulationParams';

export const simulateSpecimen = defineCommand({
  id: 'simulate.specimen',
  title: 'Simulate Specimen…',
  summary: 'Simulates what a wide-field microscope gives of a specimen, with the truth.',
  menu: ['Plugins'],
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
    {
      name: 'specimen',
      title: 'Fluorophore density at the same voxels',
      kind: 'stack',
      flag: 'specimen-density',
      optional: true,
    },
  ],
  params: simulationParams,
  async run(context, _inputs, params) {
    const options = simulationOptions(params);
    const [channel] = stainOf(params);
    const magnification = magnificationOf(params);
    const stacks = simulatedStacks(options, { what: params.specimen, channel, magnification });
    const { noisy, clean } = await simulateInParallel(context, options);
    const { width, height, planes, seed } = params;
    return {
      stacks: {
        simulated: stacks.noisy(noisy),
        clean: stacks.clean(clean),
        specimen: stacks.specimen(() => simulateTruth(context.tasks, options)),
      },
      report: { seed, shape: stacks.shape, specimen: params.specimen, objective: params.objective },
      lines: [`Simulated ${params.specimen}, ${width} x ${height} x ${planes}, with seed ${seed}`],
    };
  },
});
