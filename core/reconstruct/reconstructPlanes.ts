import { cancelledError } from '#core/util/errors';
import type { PlannedPlane } from './planReconstruction';
import type { ReconstructionModel, RunBlock } from './ReconstructionModel';
import type { ReconstructPlaneOptions } from './reconstructPlane';
import { reconstructPlane } from './reconstructPlane';

/** A computed plane on its way to whoever shows or saves it. */
export interface ReconstructedPlane {
  /** Position in the plan. */
  readonly index: number;
  readonly planned: PlannedPlane;
  /** Row-major (y, x) samples in the normalised units of the inputs. */
  readonly pixels: Float32Array<ArrayBuffer>;
}

/** Where the input planes come from. */
export interface PlaneInputs {
  readonly width: number;
  readonly height: number;
  /** Positions in micrometres, in the order that the plan counts them. */
  readonly zUm: readonly number[];
  /** Normalised samples of one input plane, row-major (y, x). */
  readonly read: (index: number, signal?: AbortSignal) => Promise<Float32Array>;
}

/**
 * Computes the planes of a plan one after the other and hands each over as soon as it is made.
 * An input plane is read when a target first needs it and kept as long as one still does; no
 * computed plane is kept.
 *
 * @throws what `reconstructPlane` throws; planes handed over before stay good
 */
export async function* reconstructPlanes(
  plan: readonly PlannedPlane[],
  inputs: PlaneInputs,
  model: Pick<ReconstructionModel, 'multiplePx' | 'receptiveFieldPx'>,
  run: RunBlock,
  options: ReconstructPlaneOptions = {},
): AsyncGenerator<ReconstructedPlane, void, undefined> {
  const { width, height, zUm } = inputs;
  const { signal, onProgress } = options;
  const lastUse = new Map(plan.flatMap((planned, index) => planned.inputs.map((m) => [m, index])));
  const kept = new Map<number, Float32Array>();
  for (const [index, planned] of plan.entries()) {
    if (signal?.aborted) throw cancelledError(signal.reason);
    const planes: Float32Array[] = [];
    for (const m of planned.inputs) {
      const plane = kept.get(m) ?? (await inputs.read(m, signal));
      kept.set(m, plane);
      planes.push(plane);
    }
    const pixels = await reconstructPlane(
      {
        width,
        height,
        inputs: planes,
        inputsZUm: planned.inputs.map((m) => zUm[m] ?? NaN),
        targetZUm: planned.targetZUm,
      },
      model,
      run,
      {
        ...options,
        onProgress: (fraction) => onProgress?.((index + fraction) / plan.length),
      },
    );
    yield { index, planned, pixels };
    for (const [m, last] of lastUse) if (last === index) kept.delete(m);
  }
}
