import type { Interpolation } from '#core/filter/resampleWeights';
import type { ImageStack } from '#core/image/ImageStack';
import type { LevelSize } from '#core/image/PlaneSource';
import type { LoadedModel } from '#core/command/ModelLibrary';
import type { TaskRunner } from '#core/command/TaskRunner';
import { AxialError } from '#core/util/errors';
import { oncePer } from '#core/util/oncePer';
import { untilAborted } from '#core/util/untilAborted';

type Pixels = Float32Array<ArrayBuffer>;

/**
 * Refocuses at the pixel size that a model was trained for: inputs are scaled to it (cubic; averaged
 * where they get smaller), height maps too (linear), and the result is scaled back.
 *
 * @throws AxialError ImpossibleRequestError when the stack does not state its pixel size
 */
export function resampledRefocus(
  model: LoadedModel,
  { calibration }: Pick<ImageStack, 'calibration'>,
  tasks: TaskRunner,
): LoadedModel['refocus'] {
  const { x: xUm, y } = calibration.pixelSizeUm;
  if (xUm === null) throw unknownPixelSize();
  const factors = { x: xUm / model.summary.pixelSizeUm, y: (y ?? xUm) / model.summary.pixelSizeUm };
  const resize = async (
    data: Pixels,
    from: LevelSize,
    size: LevelSize,
    interpolation: Interpolation,
    signal?: AbortSignal,
  ): Promise<Pixels> => {
    const plane = { ...from, data };
    return (await tasks.run('resizePlane', { plane, size, interpolation }, signal)).data;
  };
  // Inputs serve many targets, and what is computed from them is kept as long as they are.
  const resizedInput = oncePer((image: Pixels, from: LevelSize, size: LevelSize) =>
    resize(image, from, size, 'cubic'),
  );
  return async (inputs, targetZUm, planes, signal, turn) => {
    const size = { width: planes.width, height: planes.height };
    const scaled = {
      width: Math.max(1, Math.round(size.width * factors.x)),
      height: Math.max(1, Math.round(size.height * factors.y)),
    };
    const heights = (zUm: number | Pixels): Promise<number | Pixels> =>
      typeof zUm === 'number' ? Promise.resolve(zUm) : resize(zUm, size, scaled, 'linear', signal);
    const scaledInputs = await Promise.all(
      inputs.map(async ({ image, zUm }) => ({
        image: await untilAborted(resizedInput(image, size, scaled), signal),
        zUm: await heights(zUm),
      })),
    );
    const { pixelSizeUm } = model.summary;
    const seen = { ...planes, ...scaled, pixelSizeUm: { x: pixelSizeUm, y: pixelSizeUm } };
    const plane = await model.refocus(scaledInputs, await heights(targetZUm), seen, signal, turn);
    return resize(plane, scaled, size, 'cubic', signal);
  };
}

function unknownPixelSize(): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    'The file does not state its pixel size, so it cannot be resampled to that of the model.',
    'State it under Image > Properties, or on the command line with --pixel-size-um 0.1.',
  );
}
