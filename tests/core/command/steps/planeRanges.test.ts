import { describe, expect, it } from 'vitest';
import { planeRanges } from '#core/command/steps/planeRanges';

describe('planeRanges', () => {
  it.each([
    [[], ''],
    [[3], '3'],
    [[4, 5, 6, 1, 12, 6], '1, 4-6, 12'],
    [[0, 1], '0-1'],
  ])('writes %j as "%s"', (planes, text) => expect(planeRanges(planes)).toBe(text));
});
