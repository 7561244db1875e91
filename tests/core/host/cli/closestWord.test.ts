import { describe, expect, it } from 'vitest';
import { closestWord } from '#core/host/cli/closestWord';

describe('closestWord', () => {
  const verbs = ['align', 'edf', 'info', 'models list', 'normalise', 'reconstruct', 'run'];

  it.each([
    ['alignn', 'align'],
    ['algin', 'align'],
    ['lign', 'align'],
    ['normalize', 'normalise'],
    ['recon', 'reconstruct'],
    ['model list', 'models list'],
  ])('takes %s for %s', (word, meant) => expect(closestWord(word, verbs)).toBe(meant));

  it.each(['frobnicate', 'x', 'fed', ''])('takes "%s" for nothing', (word) =>
    expect(closestWord(word, verbs)).toBeNull(),
  );

  it('makes no guess where several words begin alike', () => {
    expect(closestWord('pi', ['pixel-size', 'pixel-type'])).toBeNull();
  });
});
