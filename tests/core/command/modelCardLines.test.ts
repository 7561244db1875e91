import { describe, expect, it } from 'vitest';
import { modelCardLines } from '#core/command/steps/modelCardLines';

describe('modelCardLines', () => {
  const facts = { name: 'Net', description: 'Refocuses.', version: 2, license: 'MIT' };

  it('says the card in plain text, without pictures and marks', () => {
    const card =
      '# Net\n\n![A cover](cover.png)\n\n## Limits\n\n| a | **b** |\n|---|---|\n| 1 | `2` |\n';
    expect(modelCardLines({ ...facts, card })).toEqual([
      'Net 2, MIT licence',
      '',
      'LIMITS',
      '',
      '| a | b |',
      '| 1 | 2 |',
    ]);
  });

  it('says the description where there is no card', () => {
    expect(modelCardLines({ ...facts, card: null })).toEqual([
      'Net 2, MIT licence',
      '',
      'Refocuses.',
    ]);
  });
});
