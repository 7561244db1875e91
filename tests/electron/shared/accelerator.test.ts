import { describe, expect, it } from 'vitest';
import { acceleratorParts, isPlainKey } from '#electron/shared/accelerator';

describe('accelerators', () => {
  it.each([
    ['CmdOrCtrl+Shift+S', ['cmdorctrl', 'shift'], 'S'],
    ['L', [], 'L'],
    ['+', [], 'Plus'],
    ['CmdOrCtrl++', ['cmdorctrl'], 'Plus'],
    ['F11', [], 'F11'],
  ])('reads %s', (accelerator, modifiers, key) => {
    expect(acceleratorParts(accelerator)).toEqual({ modifiers, key });
  });

  it.each([
    ['L', true],
    ['Shift+C', true],
    ['+', true],
    ['F11', false],
    ['Ctrl+Tab', false],
    ['CmdOrCtrl+O', false],
    ['Alt+F', false],
  ])('knows whether %s would type something', (accelerator, plain) => {
    expect(isPlainKey(accelerator)).toBe(plain);
  });
});
