import { describe, expect, it } from 'vitest';
import { inputPlanes, type InputRequest } from '#core/command/steps/inputPlanes';

const STACK = [0, 0.2, 0.4, 0.6, 0.8, 1];
const choose = (changes: Partial<InputRequest>, stackZUm = STACK, usual = 3) =>
  inputPlanes(
    { inputs: null, inputZ: null, choose: 'user', count: null, ...changes },
    stackZUm,
    usual,
  );

describe('inputPlanes', () => {
  it('takes named planes in rising order, each once', () => {
    expect(choose({ inputs: [5, 1, 5, 3] })).toEqual({ inputs: [1, 3, 5], perTarget: 3 });
    expect(choose({ inputs: [2] })).toEqual({ inputs: [2], perTarget: 1 });
  });

  it('takes more inputs than the model knows when the user names them', () => {
    expect(choose({ inputs: [0, 1, 2, 3, 4] })).toEqual({ inputs: [0, 1, 2, 3, 4], perTarget: 5 });
  });

  it('finds planes by height, within half a step', () => {
    expect(choose({ inputZ: [0.61, 0.0, 0.29] }).inputs).toEqual([0, 1, 3]);
    expect(choose({ inputZ: [7] }, [7]).inputs).toEqual([0]);
    expect(() => choose({ inputZ: [1.2] })).toThrow('No plane of the stack lies at 1.2 um');
  });

  it('spreads inputs from the lowest to the highest plane', () => {
    expect(choose({ choose: 'even' })).toEqual({ inputs: [0, 2, 5], perTarget: 3 });
    expect(choose({ choose: 'even', count: 1 }).inputs).toEqual([2]);
    expect(choose({ choose: 'even', count: 9 }).inputs).toEqual([0, 1, 2, 3, 4, 5]);
    expect(choose({ choose: 'even', count: 2, inputs: [4, 1, 2] }).inputs).toEqual([1, 4]);
  });

  it('gives every plane to choose the nearest from, or those that are named', () => {
    expect(choose({ choose: 'nearest', count: 2 })).toEqual({
      inputs: [0, 1, 2, 3, 4, 5],
      perTarget: 2,
    });
    expect(choose({ choose: 'nearest', inputs: [5, 0] })).toEqual({ inputs: [0, 5], perTarget: 2 });
  });

  it('says how to name inputs when none are', () => {
    expect(() => choose({})).toThrow('not said which planes');
    expect(() => choose({ inputs: [1], inputZ: [0] })).toThrow('by plane and by height');
    expect(() => choose({ inputs: [6] })).toThrow('There is no plane 6');
  });
});
