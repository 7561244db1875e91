import { describe, expect, it } from 'vitest';
import type { Objective } from '#core/image/Calibration';
import { domainNotes } from '#core/command/steps/domainNotes';
import { planHeights } from '#core/command/steps/planHeights';
import { statedObjective } from '#core/command/steps/statedObjective';
import { rampStack } from '#tests/helpers/rampStack';

const model = {
  ...{ name: 'm', title: '', description: '', pixelSizeUm: 0.1, zStepUm: 0.2 },
  pixelRangeUm: { min: 0.08, max: 0.12 },
  objective: { magnification: 63, numericalAperture: 1.4, immersionIndex: 1.515 },
  ...{ minInputSpacingUm: 2, maxInputSpacingUm: 4, extrapolationUm: 0.5, singleInputReachUm: 2 },
  ...{ minInputs: 1, maxInputs: 3, specimens: ['nuclei'] },
};
const UNKNOWN: Objective = { numericalAperture: null, magnification: null, immersionIndex: null };

function stackWith(pixelUm: number | null, objective = UNKNOWN, name = 'stack.tif') {
  const stack = rampStack({ t: 1, c: 1, z: 2, y: 4, x: 4 }, 'uint16', { name });
  const pixelSizeUm = { x: pixelUm, y: pixelUm, z: 0.2 };
  return { ...stack, calibration: { ...stack.calibration, pixelSizeUm, objective } };
}

function notesOf(inputZUm: number[], targetsUm: number[], reliefUm = { min: 0, max: 0 }) {
  const perTarget = inputZUm.length;
  const plan = planHeights(model, { inputZUm, targetsUm, perTarget, reliefUm });
  const untrained = plan.map((planned) => planned.untrained);
  return domainNotes(model, {
    ...{ stack: stackWith(0.1), resample: false, untrained },
    inputCount: perTarget,
  });
}

describe('domainNotes', () => {
  it('are silent inside the domain', () => {
    expect(notesOf([0, 4], [-0.5, 2, 4.5])).toEqual([]);
    expect(notesOf([0], [-2, 2])).toEqual([]);
  });

  it('tell of an unknown or foreign pixel size', () => {
    const question = { resample: false, untrained: [], inputCount: 1 };
    expect(domainNotes(model, { stack: stackWith(null), ...question })[0]).toContain('unknown');
    const [note] = domainNotes(model, { stack: stackWith(0.13), ...question });
    expect(note).toContain('0.080 to 0.12 um');
    expect(note).toContain('--resample');
    const resampled = { stack: stackWith(0.13), ...question, resample: true };
    expect(domainNotes(model, resampled)).toEqual([
      'Planes were resampled from 0.13 um to the 0.1 um of m and back.',
    ]);
  });

  it('name the planes that lie outside', () => {
    expect(notesOf([0, 4], [-1, 2, 5, 6])).toEqual([
      'Planes 0, 2-3 of 4: more than 0.5 um outside the inputs, beyond what m was trained for.',
    ]);
    expect(notesOf([0], [0, 3])).toEqual([
      'Plane 1 of 2: more than 2 um from the input, beyond what m was trained for.',
    ]);
  });

  it('tell of too many inputs, and of inputs too near or too far', () => {
    expect(notesOf([0, 2, 4, 6], [1])).toEqual([
      'All planes: 4 inputs are more than the 3 that m was trained for.',
    ]);
    expect(notesOf([0, 8], [4])[0]).toContain('farther apart than the 4 um');
    expect(notesOf([0, 1], [0.5])[0]).toContain('closer together than the 2 um');
  });

  it('mark a plane of which only a part lies outside', () => {
    expect(notesOf([0, 4], [2, 3], { min: -1.5, max: 1.5 })).toEqual([]);
    expect(notesOf([0, 4], [2, 3], { min: -1.6, max: 1.6 })[0]).toContain('Plane 1 of 2');
  });

  it.each([
    [{ ...UNKNOWN, numericalAperture: 1.3, magnification: 63 }, 'a.tif', false],
    [{ ...UNKNOWN, numericalAperture: 0.75 }, 'a.tif', true],
    [{ ...UNKNOWN, magnification: 40 }, 'a.tif', true],
    [{ ...UNKNOWN, immersionIndex: 1.333 }, 'a.tif', true],
    [{ ...UNKNOWN, immersionIndex: 1.518 }, 'a.tif', false],
    [UNKNOWN, 'worm_20x_0.75.tif', true],
    [UNKNOWN, 'worm 63x.tif', false],
    [UNKNOWN, 'a.tif', false],
  ])('tell of another objective: %j %s', (objective, name, isOther) => {
    const stack = stackWith(0.1, objective, name);
    const notes = domainNotes(model, { stack, resample: false, untrained: [], inputCount: 1 });
    expect(notes.join().includes('another objective')).toBe(isOther);
  });
});

describe('statedObjective', () => {
  it.each([
    ['worm_20x_0.75.tif', 20, 0.75],
    ['63X/1.40 oil.ome.tif', 63, 1.4],
    ['slide-40x-NA1.3', 40, 1.3],
    ['512x512 crop.tif', null, null],
    ['2x2 binned.tif', null, null],
    ['box.tif', null, null],
  ])('reads the name %s', (name, magnification, numericalAperture) => {
    expect(statedObjective(stackWith(0.1, UNKNOWN, name))).toMatchObject({
      magnification,
      numericalAperture,
    });
  });
});
