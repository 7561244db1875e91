import type { SimulationOptions } from '#core/optics/SimulationOptions';
import type { Progress } from '#core/command/CommandContext';
import type { TaskRunner } from '#core/command/TaskRunner';
import {
  magnificationOf,
  optionsAt,
  simulationOptions,
  stainOf,
} from '#core/command/steps/simulationOptions';
import { simulatedStacks } from '#core/command/steps/simulatedStacks';
import { latestTimePoint } from '#core/command/steps/timePoints';
import {
  simulateInParallel,
  simulateTruth,
  type SimulatedPlanes,
} from '#core/command/steps/simulateInParallel';
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
    const labels = { what: params.specimen, channel, magnification };
    const stacks = simulatedStacks(options, labels, params);
    const at = (t: number): SimulationOptions => optionsAt(options, params, t);
    const { width, height, planes, timePoints, seed } = params;
    // The other time points are simulated when somebody reads them.
    const partly = ({ fraction, step }: Progress): void =>
      context.progress({ fraction: fraction === null ? null : fraction / timePoints, step });
    const first = await simulateInParallel({ ...context, progress: partly }, at(0));
    const simulated = laterTimePoints(context.tasks, at, first);
    const density = latestTimePoint((t) => simulateTruth(context.tasks, at(t)));
    const times = timePoints === 1 ? '' : `, ${timePoints} time points`;
    return {
      stacks: {
        simulated: stacks.noisy(async (t, signal) => (await simulated(t, signal)).noisy),
        clean: stacks.clean(async (t, signal) => (await simulated(t, signal)).clean),
        specimen: stacks.specimen(density),
      },
      report: { seed, shape: stacks.shape, specimen: params.specimen, objective: params.objective },
      lines: [
        `Simulated ${params.specimen}, ${width} x ${height} x ${planes}${times}, with seed ${seed}`,
      ],
    };
  },
});

/** Simulates time points when they are asked for, as bright as the first. */
function laterTimePoints(
  tasks: TaskRunner,
  at: (t: number) => SimulationOptions,
  first: SimulatedPlanes,
): (t: number, signal?: AbortSignal) => Promise<SimulatedPlanes> {
  const { levels } = first;
  return latestTimePoint(
    (t, signal) => simulateInParallel({ tasks, signal }, at(t), levels),
    first,
  );
}
