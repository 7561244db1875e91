import { imagingPlan } from '#core/optics/ImagingPlan';
import { lightLevels, type LightLevels } from '#core/optics/lightLevels';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { slabPlanes } from '#core/optics/simulateStack';
import { defocusRange } from '#core/optics/stackTransfer';
import type { CommandContext } from '#core/command/CommandContext';
import type { TaskInput, TaskName, TaskOutput, TaskRunner } from '#core/command/TaskRunner';

/** Bands of frequencies: enough to tell progress and to share out, few enough to send. */
const BANDS = 12;

/** Images that one task turns into planes. */
const GROUP_PLANES = 4;

/** Distances between planes whose transfer functions one task computes with aberrations. */
const PUPIL_DISTANCES = 16;

/** What a simulation uses of the context of its command. */
type SimulationContext = Pick<CommandContext, 'tasks'> &
  Partial<Pick<CommandContext, 'signal' | 'progress'>>;

/** A simulated stack, planes row-major (y, x). */
export interface SimulatedPlanes {
  readonly noisy: Uint16Array<ArrayBuffer>[];
  readonly clean: Float32Array<ArrayBuffer>[];
  /** For the other time points, so that brightness stays comparable. */
  readonly levels: LightLevels;
}

/**
 * Simulates a stack on worker threads. Spectra move from thread to thread without being copied, and what
 * is no longer needed is let go: memory stays at about the spectra of the specimen.
 *
 * @param fixedLevels those of the first time point, for the others; found anew when not given
 */
export async function simulateInParallel(
  context: SimulationContext,
  options: SimulationOptions,
  fixedLevels?: LightLevels,
): Promise<SimulatedPlanes> {
  const plan = imagingPlan(options);
  const borders = Array.from({ length: BANDS + 1 }, (_, i) =>
    Math.round((i * plan.layout.length) / BANDS),
  );
  const groupCount = Math.ceil(options.planes / GROUP_PLANES);
  const phase = phases(context);
  const [slabs, transfers] = await Promise.all([
    phase('simulatedSlab', slabInputs(options, context.tasks.concurrency, borders), 0.4),
    options.aberrations
      ? phase('simulatedPupil', pupilInputs(options, borders), 0.05)
      : phase('simulatedTransfer', [{ options }], 0.05),
  ]);
  const bandInputs = borders.slice(1).map((to, band) => ({
    options,
    transfer: transferOf(transfers, band),
    from: borders[band]!,
    to,
    slabs: slabs.map((slab) => slab[band]!),
    groupPlanes: GROUP_PLANES,
  }));
  slabs.length = 0;
  transfers.length = 0;
  const bands = await phase('simulatedBand', bandInputs, 0.25, ({ slabs: moved, transfer }) =>
    'slabs' in transfer ? [...moved, ...transfer.slabs] : moved,
  );
  const imageInputs = bands[0]!.map((_, group) => ({
    options,
    bands: bands.map((band) => band[group]!),
    from: group < groupCount ? group * GROUP_PLANES : null,
    count: group < groupCount ? Math.min(GROUP_PLANES, options.planes - group * GROUP_PLANES) : 1,
  }));
  bands.length = 0;
  const groups = await phase('simulatedImages', imageInputs, 0.15, ({ bands: moved }) => moved);
  const haze = groups.length > groupCount ? groups.pop()![0]! : null;
  const levels = fixedLevels ?? lightLevels(options, groups.flat(), haze);
  const exposureInputs = groups.map((images, group) => ({
    options,
    levels,
    images,
    haze,
    from: group * GROUP_PLANES,
  }));
  groups.length = 0;
  const exposed = await phase('simulatedExposures', exposureInputs, 0.15, ({ images }) => images);
  return {
    noisy: exposed.flat().map((exposure) => exposure.noisy),
    clean: exposed.flat().map((exposure) => exposure.clean),
    levels,
  };
}

/** Fluorophore density at the voxels of the stack, planes row-major (y, x). */
export async function simulateTruth(
  tasks: TaskRunner,
  options: SimulationOptions,
): Promise<Float32Array<ArrayBuffer>[]> {
  const count = Math.ceil(options.planes / tasks.concurrency);
  const parts = [];
  for (let from = 0; from < options.planes; from += count) {
    const input = { options, from, count: Math.min(count, options.planes - from) };
    parts.push(tasks.run('simulatedTruth', input));
  }
  return (await Promise.all(parts)).flat();
}

/** Slabs as thick as memory allows, and at least one for every thread. */
function slabInputs(
  options: SimulationOptions,
  concurrency: number,
  borders: readonly number[],
): TaskInput<'simulatedSlab'>[] {
  const plan = imagingPlan(options);
  const { planes } = plan.specimenGrid;
  const count = Math.max(1, Math.min(slabPlanes(plan), Math.ceil(planes / concurrency)));
  const inputs = [];
  for (let from = 0; from < planes; from += count) {
    inputs.push({ options, from, count: Math.min(count, planes - from), borders });
  }
  return inputs;
}

/** Parts of the distances between planes, with aberrations. */
function pupilInputs(
  options: SimulationOptions,
  borders: readonly number[],
): TaskInput<'simulatedPupil'>[] {
  const { from: first, to: last } = defocusRange(imagingPlan(options));
  const distances = last - first + 1;
  const inputs = [];
  for (let from = 0; from < distances; from += PUPIL_DISTANCES) {
    inputs.push({ options, from, count: Math.min(PUPIL_DISTANCES, distances - from), borders });
  }
  return inputs;
}

/** What a band needs: the one radial transfer function, or its part of those of a pupil. */
function transferOf(
  transfers: readonly (TaskOutput<'simulatedTransfer'> | TaskOutput<'simulatedPupil'>)[],
  band: number,
): TaskInput<'simulatedBand'>['transfer'] {
  const slabs = [];
  for (const transfer of transfers) {
    if (!Array.isArray(transfer)) return transfer;
    slabs.push(transfer[band]!);
  }
  return { slabs };
}

const STEPS: { readonly [task in TaskName]?: string } = {
  simulatedSlab: 'Making the specimen',
  simulatedTransfer: 'Making the specimen',
  simulatedPupil: 'Tracing light',
  simulatedBand: 'Imaging',
  simulatedImages: 'Imaging',
  simulatedExposures: 'Exposing',
};

/**
 * Runs the tasks of a phase, as many at a time as there are threads; inputs are let go one by one as they
 * are handed over, and the buffers that `moved` names move with them. Progress adds up over the phases.
 */
function phases({ signal, progress, tasks }: SimulationContext) {
  let done = 0;
  return async <K extends TaskName>(
    task: K,
    inputs: (TaskInput<K> | null)[],
    share: number,
    moved: (input: TaskInput<K>) => readonly Float32Array[] = () => [],
  ): Promise<TaskOutput<K>[]> => {
    const results: TaskOutput<K>[] = [];
    const step = STEPS[task] ?? '';
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < inputs.length) {
        const i = next++;
        const input = inputs[i]!;
        inputs[i] = null;
        const buffers = moved(input).map(({ buffer }) => buffer as ArrayBuffer);
        results[i] = await tasks.run(task, input, signal, buffers);
        done += share / inputs.length;
        progress?.({ fraction: Math.min(1, done), step });
      }
    };
    progress?.({ fraction: done, step });
    await Promise.all(Array.from({ length: tasks.concurrency }, worker));
    return results;
  };
}
