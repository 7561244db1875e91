import { describe, expect, it } from 'vitest';
import { pairPlanes } from '#core/command/steps/pairPlanes';
import { zTargets } from '#core/command/steps/zTargets';
import { domainNotes } from '#core/command/steps/domainNotes';
import { rampStack } from '#tests/helpers/rampStack';

describe('pairPlanes', () => {
  it('pairs planes of equal height and leaves the others out', () => {
    const pairs = pairPlanes(
      { count: 3, zUm: [0.3, 0.45, 0.6000004] },
      { count: 3, zUm: [0, 0.3, 0.6] },
    );
    expect(pairs).toEqual([
      { resultIndex: 0, truthIndex: 1 },
      { resultIndex: 2, truthIndex: 2 },
    ]);
  });

  it('pairs by number where heights are unknown and the stacks are equally long', () => {
    expect(pairPlanes({ count: 2, zUm: null }, { count: 2, zUm: [0, 1] })).toHaveLength(2);
    expect(pairPlanes({ count: 2, zUm: null }, { count: 3, zUm: null })).toEqual([]);
  });
});

describe('zTargets', () => {
  it('takes all planes, chosen planes, or a range of heights', () => {
    expect(zTargets({ planes: 'all', z: null }, [0, 0.2])).toEqual([0, 0.2]);
    expect(zTargets({ planes: [1, 0], z: null }, [0, 0.2])).toEqual([0.2, 0]);
    expect(zTargets({ planes: 'all', z: '-0.2:0.4:0.3' }, [0])).toEqual([-0.2, 0.1, 0.4]);
  });

  it('includes the end of a range that rounding would miss', () => {
    expect(zTargets({ planes: 'all', z: '0:12:0.1' }, [0])).toHaveLength(121);
    expect(zTargets({ planes: 'all', z: '0:0.3:0.1' }, [0])).toEqual([0, 0.1, 0.2, 0.3]);
  });

  it.each(['0:1:0', '1:0:0.1', '0:1e9:0.001', '0:1'])('refuses the range %s', (z) => {
    expect(() => zTargets({ planes: 'all', z }, [0])).toThrow('holds no planes');
  });

  it('refuses a plane that is not there', () => {
    expect(() => zTargets({ planes: [0, 7], z: null }, [0, 1])).toThrow('There is no plane 7');
  });
});

describe('domainNotes', () => {
  const model = {
    name: 'm',
    title: '',
    description: '',
    pixelSizeUm: 0.1,
    zStepUm: 0.2,
    pixelRangeUm: { min: 0.08, max: 0.12 },
    maxInputSpacingUm: 4,
    extrapolationUm: 0.5,
    maxInputs: 5,
  };
  const stack = rampStack({ t: 1, c: 1, z: 2, y: 4, x: 4 }, 'uint16');
  const sized = (x: number | null) => ({
    ...stack,
    calibration: { ...stack.calibration, pixelSizeUm: { x, y: x, z: 0.2 } },
  });

  it('is silent inside the domain', () => {
    const question = { stack: sized(0.11), inputZUm: [0, 4], targetsUm: [-0.5, 2, 4.5] };
    expect(domainNotes(model, question)).toEqual([]);
  });

  it('tells of an unknown or foreign pixel size', () => {
    const question = { inputZUm: [0], targetsUm: [0] };
    expect(domainNotes(model, { stack: sized(null), ...question })[0]).toContain('unknown');
    expect(domainNotes(model, { stack: sized(0.13), ...question })[0]).toContain(
      '0.080 to 0.12 um',
    );
  });

  it('tells of inputs too far apart and of targets outside', () => {
    const question = { stack: sized(0.1), inputZUm: [8, 0], targetsUm: [-1, 4, 9] };
    const notes = domainNotes(model, question);
    expect(notes[0]).toContain('8.00 um apart');
    expect(notes[1]).toContain('2 of 3 planes');
  });
});
