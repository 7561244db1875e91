import { describe, expect, it } from 'vitest';
import { lacksInputs, planesOf, targetsCall } from '#renderer/stores/targetsCall';

const PANEL = { inputs: [2, 20, 38], model: 'recurrent-mz-63x' };

describe('what a reconstruction is run with', () => {
  it('is what the panel says where there was no dialog', () => {
    expect(targetsCall({}, PANEL)).toEqual(PANEL);
  });

  it('is what the dialog says, and no more', () => {
    const asked = { inputs: [6, 20], planes: 'all', choose: 'user' };
    expect(targetsCall(asked, PANEL)).toEqual(asked);
  });

  it('has the pins of the panel where the dialog names no inputs', () => {
    const asked = { planes: 'all', choose: 'user' };
    expect(targetsCall(asked, PANEL)).toEqual({ ...asked, inputs: [2, 20, 38] });
    expect(targetsCall({ planes: 'all', inputs: [] }, PANEL)['inputs']).toEqual([2, 20, 38]);
  });

  it.each(['even', 'nearest', 'suggested'])(
    'leaves the choice among all planes where it is %s',
    (choose) => {
      const asked = { planes: 'all', choose, count: 5 };
      expect(targetsCall(asked, PANEL)).toEqual(asked);
    },
  );
});

describe('planes by number', () => {
  it('are lists of numbers that are not empty', () => {
    expect(planesOf([4, 20])).toEqual([4, 20]);
    for (const other of [[], 'all', 4, null, undefined, ['4']]) expect(planesOf(other)).toBeNull();
  });

  it('are lacking only where the user is to name them', () => {
    expect(lacksInputs({})).toBe(true);
    expect(lacksInputs({ choose: 'user', inputs: null })).toBe(true);
    expect(lacksInputs({ inputs: [3] })).toBe(false);
    expect(lacksInputs({ choose: 'even' })).toBe(false);
  });
});
