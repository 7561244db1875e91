import { describe, expect, it } from 'vitest';
import { restartText } from '#renderer/app/useEngineLife';

describe('restartText', () => {
  it('says that the engine stopped, unless the user wanted it', () => {
    expect(restartText(0, 0).title).toBe('The engine stopped and was started again.');
    expect(restartText(2, 0, true)).toEqual({
      title: 'The engine was started again. 2 images reopened.',
      remedy: '',
    });
  });

  it('says what is lost', () => {
    expect(restartText(0, 1).remedy).toBe(
      '1 result was not saved and is gone: run the steps again.',
    );
    expect(restartText(1, 3, true).remedy).toContain('3 results were not saved and are gone');
  });
});
