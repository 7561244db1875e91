import { describe, expect, it } from 'vitest';
import type { ModelSummary } from '#core/command/ModelLibrary';
import { suggestModel } from '#core/command/suggestModel';

function model(
  name: string,
  pixels: readonly [number, number],
  inputs: readonly [number, number],
  specimens: readonly string[],
): ModelSummary {
  return {
    ...{ name, title: name, description: '', pixelSizeUm: pixels[0], zStepUm: 0.2, specimens },
    pixelRangeUm: { min: pixels[0], max: pixels[1] },
    objective: { magnification: 63, numericalAperture: 1.4, immersionIndex: 1.515 },
    ...{ minInputSpacingUm: 1, maxInputSpacingUm: 4, extrapolationUm: 0.5, singleInputReachUm: 2 },
    ...{ minInputs: inputs[0], maxInputs: inputs[1] },
  };
}

const MODELS = [
  model('beads-63x', [0.08, 0.13], [1, 3], ['beads']),
  model('deep-z-63x', [0.08, 0.13], [1, 1], ['nuclei', 'neurons', 'filaments']),
  model('mz-20x', [0.29, 0.36], [1, 3], ['nuclei', 'neurons', 'filaments']),
  model('mz-63x', [0.08, 0.13], [1, 3], ['nuclei', 'neurons', 'filaments']),
];

describe('suggestModel', () => {
  it.each([
    [0.1, 3, 'mz-63x'],
    [0.1, 2, 'mz-63x'],
    [0.1, 1, 'mz-63x'],
    [0.1, 5, 'mz-63x'],
    [0.33, 3, 'mz-20x'],
    [0.5, 3, 'mz-20x'],
    [0.15, 3, 'mz-63x'],
    [0.25, 3, 'mz-20x'],
    [null, 3, 'mz-20x'],
  ])('of pixels of %s um with %d inputs takes %s', (pixelSizeUm, inputCount, expected) => {
    expect(suggestModel(MODELS, { pixelSizeUm, inputCount })?.name).toBe(expected);
  });

  it('says when there is none', () => {
    expect(suggestModel([], { pixelSizeUm: 0.1, inputCount: 3 })).toBeNull();
  });
});
