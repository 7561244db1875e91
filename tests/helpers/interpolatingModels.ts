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
  objective: { magnification: 63, numericalAperture: 1.4, immersionIndex: 1.515 },
  minInputSpacingUm: 0.2,
  maxInputSpacingUm: 4,
  extrapolationUm: 0.5,
  singleInputReachUm: 2,
  specimens: ['nuclei'],
  minInputs: 1,
  maxInputs: 5,
};

/** A model library whose only model interpolates linearly between its inputs. */
export function interpolatingModels(): ModelLibrary {
  const model: LoadedModel = {
    summary: SUMMARY,
    sha256: 'no weights',
    device: 'test',
    prepare: () => undefined,
    refocus(inputs, targetZUm, _size, signal) {
      signal?.throwIfAborted();
      const heightAt = (zUm: number | Float32Array, i: number): number =>
        typeof zUm === 'number' ? zUm : zUm[i];
      const plane = inputs[0].image.map((_, i) => {
        const samples = inputs.map(({ image }) => image.subarray(i, i + 1));
        const heights = inputs.map(({ zUm }) => heightAt(zUm, i));
        return interpolatePlanes(samples, heights, heightAt(targetZUm, i), 'linear')[0];
      });
      return Promise.resolve(plane);
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
    loadPlaneNetwork: () =>
      Promise.resolve({
        title: 'Half',
        sha256: 'no weights',
        device: 'test',
        apply: ({ data }) => Promise.resolve(data.map((value) => value / 2)),
      }),
    device: () => ({ description: 'test', gpuMissingBecause: null }),
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
