import { describe, expect, it } from 'vitest';
import { HEIGHTS_PATTERN, zTargets, type TargetRequest } from '#core/command/steps/zTargets';

const targets = (
  changes: Partial<TargetRequest>,
  stackZUm: readonly number[] = [0, 0.2],
): number[] => zTargets({ planes: 'all', z: null, spacingUm: null, ...changes }, stackZUm);

describe('zTargets', () => {
  it('takes all planes, chosen planes, a range or a list of heights', () => {
    expect(targets({})).toEqual([0, 0.2]);
    expect(targets({ planes: [1, 0] })).toEqual([0.2, 0]);
    expect(targets({ z: '-0.2:0.4:0.3' })).toEqual([-0.2, 0.1, 0.4]);
    expect(targets({ z: '3,-0.55,3' })).toEqual([3, -0.55, 3]);
    expect(targets({ z: '2' })).toEqual([2]);
  });

  it('divides the stack more finely than it was measured', () => {
    expect(targets({ spacingUm: 0.25 }, [0, 1])).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(targets({ spacingUm: 0.3 }, [1, 0])).toEqual([0, 0.3, 0.6, 0.9]);
  });

  it('includes the end of a range that rounding would miss', () => {
    expect(targets({ z: '0:12:0.1' })).toHaveLength(121);
    expect(targets({ z: '0:0.3:0.1' })).toEqual([0, 0.1, 0.2, 0.3]);
  });

  it.each(['0:1:0', '1:0:0.1', '0:1e9:0.001', '0:1'])('refuses the range %s', (z) => {
    expect(() => targets({ z })).toThrow('holds no planes');
  });

  it('refuses a list with something that is no height', () => {
    expect(() => targets({ z: '1,2..3' })).toThrow('"1,2..3" is no list of heights.');
  });

  it('refuses a plane that is not there', () => {
    expect(() => targets({ planes: [0, 7] })).toThrow('There is no plane 7');
  });

  it.each([
    { planes: [0], z: '0:1:0.1' },
    { planes: [0], spacingUm: 1 },
    { z: '1', spacingUm: 1 },
  ])('refuses two ways at once: %j', (changes) => {
    expect(() => targets(changes)).toThrow('given in two ways');
  });
});

describe('HEIGHTS_PATTERN', () => {
  it.each(['0:12:0.2', '-1:2:.5', '0.5', '0.5,-1,2'])('takes %s', (text) => {
    expect(text).toMatch(HEIGHTS_PATTERN);
  });
  it.each(['', '1:2', '1:2:-1', '1,,2', 'a', '1;2'])('refuses "%s"', (text) => {
    expect(text).not.toMatch(HEIGHTS_PATTERN);
  });
});
