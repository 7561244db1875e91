import { describe, expect, it } from 'vitest';
import { planReconstruction } from '#core/reconstruct/planReconstruction';
import type { ReconstructionModel } from '#core/reconstruct/ReconstructionModel';

const model: ReconstructionModel = {
  inputCount: { min: 1, max: 3 },
  spacingUm: { min: 2.4, max: 4.4 },
  beyondUm: 0.5,
  singleInputReachUm: 2,
  multiplePx: 16,
  receptiveFieldPx: () => 100,
};

function planOne(inputPlanesZUm: number[], target: number, inputsPerTarget?: number) {
  return planReconstruction({
    inputPlanesZUm,
    targetsZUm: [target],
    model,
    ...(inputsPerTarget === undefined ? {} : { inputsPerTarget }),
  })[0];
}

describe('planReconstruction', () => {
  it('takes all inputs, the nearest last', () => {
    expect(planOne([7, 0, 3.5], 3)).toEqual({
      targetZUm: 3,
      inputs: [0, 1, 2],
      distancesUm: [-4, 3, -0.5],
      untrained: [],
    });
  });

  it('takes the nearest inputs when there are more than the model knows', () => {
    expect(planOne([0, 3, 6, 9, 12], 8).inputs).toEqual([4, 2, 3]);
    expect(planOne([0, 3, 6, 9, 12], 8, 1).inputs).toEqual([3]);
  });

  it('keeps the order of the targets', () => {
    const plan = planReconstruction({ inputPlanesZUm: [0, 3], targetsZUm: [2, -1, 0], model });
    expect(plan.map(({ targetZUm }) => targetZUm)).toEqual([2, -1, 0]);
  });

  it.each([
    ['beyond the last input', [0, 3, 6], 6.6, ['target too far out']],
    ['just inside the margin', [0, 3, 6], 6.5, []],
    ['below the first input', [0, 3, 6], -0.6, ['target too far out']],
    ['far from a single input', [0], 2.1, ['target too far out']],
    ['near a single input', [0], -2, []],
    ['between inputs too far apart', [0, 5], 2, ['inputs too far apart']],
    ['between inputs too close', [0, 1, 4], 2, ['inputs too close']],
    ['at inputs that rounding moved', [0, 2.4 - 1e-9, 6.8 + 1e-9], 2, []],
    ['far out of wrong inputs', [0, 1], 9, ['inputs too close', 'target too far out']],
  ])('marks a target %s', (_, inputs, target, reasons) => {
    expect(planOne(inputs, target).untrained).toEqual(reasons);
  });

  it('marks more inputs than were trained', () => {
    expect(planOne([0, 3, 6, 9], 4, 4).untrained).toEqual(['too many inputs']);
  });

  it.each([
    [[], [0]],
    [[0], []],
    [[NaN], [0]],
    [[0], [Infinity]],
  ])('refuses inputs %j and targets %j', (inputPlanesZUm, targetsZUm) => {
    expect(() => planReconstruction({ inputPlanesZUm, targetsZUm, model })).toThrow(
      expect.objectContaining({ tag: 'ImpossibleRequestError' }),
    );
  });

  it('refuses less than one input for each target', () => {
    expect(() => planOne([0], 0, 0)).toThrow(
      expect.objectContaining({ tag: 'ImpossibleRequestError' }),
    );
  });
});
