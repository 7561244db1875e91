import type { ImageStack } from '#core/image/ImageStack';
import type { PlaneFunction } from '#core/image/mapPlanes';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { addInputsUntilStable } from '#core/reconstruct/addInputsUntilStable';
import type { PlannedPlane } from '#core/reconstruct/planReconstruction';
import type { CommandContext } from '#core/command/CommandContext';
import type { LoadedModel, NetworkInput, SeenPlanes } from '#core/command/ModelLibrary';
import { finiteStack } from './finiteStack';
import { networkInputs } from './networkInputs';
import type { NormalisationMethodName } from './normaliseStack';
import { resampledRefocus } from './resampledRefocus';
import { statedObjective } from './statedObjective';
import type { SurfaceHeights } from './surfaceHeights';

type Pixels = Float32Array<ArrayBuffer>;

/** Everything that the planes of a reconstruction are computed from. */
export interface VolumeRequest {
  readonly stack: ImageStack;
  /** Planes that the network may see, and their heights in micrometres, in one order. */
  readonly inputs: readonly number[];
  readonly inputZUm: readonly number[];
  /** Heights in micrometres of the planes to make; a surface is added to them. */
  readonly targetsUm: readonly number[];
  /** For each of them the inputs, as positions in `inputs`. */
  readonly plan: readonly Pick<PlannedPlane, 'inputs'>[];
  /** One network for each channel. */
  readonly models: readonly LoadedModel[];
  readonly normalisation: NormalisationMethodName;
  readonly resample: boolean;
  /** Relief of the planes to make, `null` where they are flat. */
  readonly surface: SurfaceHeights | null;
  /** Relief of the measured planes, one for each of `inputs`; `null` where they are flat. */
  readonly inputSurface: SurfaceHeights | null;
}

/** What one plane is computed from, and how its values become grey levels. */
export interface PlaneTask {
  readonly seen: readonly NetworkInput[];
  readonly target: number | Pixels;
  readonly planes: SeenPlanes;
  readonly refocus: LoadedModel['refocus'];
  /** grey level = network value * scale + offset */
  readonly offset: number;
  readonly scale: number;
}

/** Prepares the planes of a reconstruction, one at a time. */
export function planeTasks(
  context: Pick<CommandContext, 'signal' | 'tasks' | 'progress'>,
  request: VolumeRequest,
): (index: PlaneIndex, signal?: AbortSignal) => Promise<PlaneTask> {
  const { stack, inputs, inputZUm, targetsUm, plan, inputSurface, surface } = request;
  const prepare = networkInputs(context, finiteStack(stack), request);
  const refocus = request.models.map((model) =>
    request.resample ? resampledRefocus(model, stack, context.tasks) : model.refocus.bind(model),
  );
  const { numericalAperture, immersionIndex } = statedObjective(stack);
  const { x: xUm, y: yUm } = stack.calibration.pixelSizeUm;
  const seenAs = {
    ...{ width: stack.shape.x, height: stack.shape.y, numericalAperture, immersionIndex },
    pixelSizeUm: xUm === null ? null : { x: xUm, y: yUm ?? xUm },
    onFit: (fraction: number) =>
      context.progress({
        fraction: 0,
        step: `Fitting a specimen: ${Math.round(100 * fraction)} %`,
      }),
  };
  return async ({ t, c, z: index }, signal) => {
    const own = plan[index].inputs;
    const prepared = prepare(t, c);
    // The network is loaded while the grey levels are measured.
    request.models[c].prepare(own.length);
    const { offset, scale, images } = await prepared;
    const planes = await images(own.map((i) => inputs[i]));
    const seen: NetworkInput[] = [];
    for (const [k, i] of own.entries()) {
      seen.push({ image: planes[k], zUm: await height(inputSurface, i, inputZUm[i], signal) });
    }
    const target = await height(surface, index, targetsUm[index], signal);
    const emissionNm = stack.calibration.channels[c]?.emissionNm ?? null;
    const planesSeen = { ...seenAs, emissionUm: emissionNm === null ? null : emissionNm / 1000 };
    return { seen, target, planes: planesSeen, refocus: refocus[c], offset, scale };
  };
}

/**
 * Computes planes of a reconstruction in the grey levels of the stack (float32).
 *
 * @param epsilon see `addInputsUntilStable`; `null` takes all inputs at once
 */
export function volumePlanes(
  taskOf: ReturnType<typeof planeTasks>,
  epsilon: number | null = null,
): PlaneFunction {
  return async (index, signal) => {
    const { seen, target, planes, refocus, offset, scale } = await taskOf(index, signal);
    const from = (inputs: readonly NetworkInput[]): Promise<Pixels> =>
      refocus(inputs, target, planes, signal);
    const plane = await (epsilon === null ? from(seen) : addInputsUntilStable(seen, from, epsilon));
    for (let i = 0; i < plane.length; i++) plane[i] = plane[i] * scale + offset;
    return plane;
  };
}

/** A height in micrometres, or one for each pixel where there is a relief. */
async function height(
  relief: SurfaceHeights | null,
  index: number,
  zUm: number,
  signal?: AbortSignal,
): Promise<number | Pixels> {
  if (relief === null) return zUm;
  const heights = await relief.at(index, signal);
  return heights.map((reliefUm) => zUm + reliefUm);
}
