import type { LoadedModel, ModelLibrary, ModelSummary } from '#core/command/ModelLibrary';
import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import { AxialError } from '#core/util/errors';

const SUMMARY: ModelSummary = {
  name: 'interpolation',
  title: 'Linear interpolation',
  description: 'Stands for a network where only the way of the data is tested.',
  pixelSizeUm: 0.1,
  zStepUm: 0.2,
  pixelRangeUm: { min: 0.08, max: 0.12 },
  maxInputSpacingUm: 4,
  extrapolationUm: 0.5,
  maxInputs: 5,
};

/** A model library whose only model interpolates linearly between its inputs. */
export function interpolatingModels(): ModelLibrary {
  const model: LoadedModel = {
    summary: SUMMARY,
    device: 'test',
    refocus(inputs, targetZUm, _size, signal) {
      signal?.throwIfAborted();
      if (typeof targetZUm !== 'number') throw new TypeError('One height only.');
      const images = inputs.map(({ image }) => image);
      const heights = inputs.map(({ zUm }) => zUm);
      return Promise.resolve(interpolatePlanes(images, heights, targetZUm, 'linear'));
    },
  };
  return {
    list: () => Promise.resolve([SUMMARY]),
    load(name) {
      if (name === SUMMARY.name) return Promise.resolve(model);
      throw new AxialError(
        'ImpossibleRequestError',
        `There is no model "${name}".`,
        'Choose another.',
      );
    },
    info: () => Promise.resolve({ name: SUMMARY.name }),
    test: (name) =>
      Promise.resolve({
        name,
        passed: true,
        maxAbsoluteDifference: 0,
        tolerance: 1e-3,
        device: 'test',
      }),
  };
}
