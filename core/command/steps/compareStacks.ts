import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import { readValues } from '#core/image/readValues';
import type { ZInterpolation } from '#core/reconstruct/zInterpolationWeights';
import type { CommandContext } from '#core/command/CommandContext';
import type { PlaneComparison } from './comparePlanes';
import { requireFinite } from './requireFinite';
import type { PlanePair } from './pairPlanes';

/** The interpolations along z that a reconstruction has to beat. */
export const BASELINES = [
  'nearest',
  'linear',
  'cubic',
] as const satisfies readonly ZInterpolation[];

/** Which planes are compared, and on which scale. */
export interface ComparisonOptions {
  readonly t: number;
  readonly c: number;
  readonly pairs: readonly PlanePair[];
  /** Planes of `measured` that the network was given; empty when unknown. */
  readonly given: readonly number[];
  /** Heights of the planes of the truth in micrometres; `null` when unknown. */
  readonly truthZUm: readonly number[] | null;
  readonly dataRange: number;
  /** Where the given planes are; usually the truth itself. */
  readonly measured: ImageStack;
}

/** Comparisons of each pair of planes, for the result and for each baseline. */
export interface Comparison {
  readonly result: readonly PlaneComparison[];
  /** `null` when it is unknown what the network was given. */
  readonly baselines: { readonly [method in ZInterpolation]: readonly PlaneComparison[] } | null;
}

/** Compares a result and the interpolations of its inputs with the truth, a few planes at a time. */
export async function compareStacks(
  context: Pick<CommandContext, 'signal' | 'progress' | 'tasks'>,
  result: ImageStack,
  truth: ImageStack,
  options: ComparisonOptions,
): Promise<Comparison> {
  const { t, c, pairs, given, truthZUm, dataRange, measured } = options;
  const { signal, tasks } = context;
  const read = async (stack: ImageStack, z: number): Promise<Plane> => {
    const plane = await readValues(stack, { t, c, z }, { signal });
    requireFinite(plane, z, stack.name);
    return plane;
  };
  const inputs = truthZUm ? await Promise.all(given.map((z) => read(measured, z))) : [];
  const inputZUm = truthZUm ? given.map((z) => truthZUm[z]) : [];
  const compare = (plane: Plane, reference: Plane): Promise<PlaneComparison> =>
    tasks.run('comparePlanes', { result: plane, truth: reference, dataRange }, signal);

  const results: PlaneComparison[] = [];
  const baselines = { nearest: [], linear: [], cubic: [] } as {
    [method in ZInterpolation]: PlaneComparison[];
  };
  let done = 0;
  const visit = async (k: number): Promise<void> => {
    const { resultIndex, truthIndex } = pairs[k];
    const reference = await read(truth, truthIndex);
    results[k] = await compare(await read(result, resultIndex), reference);
    for (const method of inputs.length > 0 && truthZUm ? BASELINES : []) {
      const planes = inputs.map(({ data }) => data);
      const data = interpolatePlanes(planes, inputZUm, truthZUm?.[truthIndex] ?? 0, method);
      baselines[method][k] = await compare({ ...reference, data }, reference);
    }
    done++;
    context.progress({
      fraction: done / pairs.length,
      step: `Comparing plane ${done} of ${pairs.length}`,
    });
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < pairs.length) await visit(next++);
  };
  await Promise.all(Array.from({ length: tasks.concurrency }, worker));
  return { result: results, baselines: inputs.length > 0 ? baselines : null };
}
