import { FourierLines, goodFourierLength, LINES_AT_ONCE } from '#core/util/fourier/FourierLines';
import { createRandom } from '#core/util/random';
import { describe, expect, it } from 'vitest';

describe('FourierLines', () => {
  it.each([1, 2, 3, 4, 5, 6, 8, 9, 15, 16, 25, 60, 90, 128, 150])(
    'transforms lines of %d as the definition says',
    (length) => {
      const random = createRandom(length);
      const lines = new FourierLines(length);
      const samples = lines.buffer.map(() => random.normal());
      lines.buffer.set(samples);
      lines.forward();
      let [error, power] = [0, 0];
      for (let line = 0; line < LINES_AT_ONCE; line++) {
        for (let k = 0; k < length; k++) {
          let re = 0;
          let im = 0;
          for (let j = 0; j < length; j++) {
            const angle = (-2 * Math.PI * j * k) / length;
            const at = 2 * (j * LINES_AT_ONCE + line);
            re += samples[at]! * Math.cos(angle) - samples[at + 1]! * Math.sin(angle);
            im += samples[at]! * Math.sin(angle) + samples[at + 1]! * Math.cos(angle);
          }
          const at = 2 * (k * LINES_AT_ONCE + line);
          error += (lines.buffer[at]! - re) ** 2 + (lines.buffer[at + 1]! - im) ** 2;
          power += re ** 2 + im ** 2;
        }
      }
      // Single precision, after some stages.
      expect(Math.sqrt(error / power)).toBeLessThan(2e-7);
    },
  );

  it.each([0, 7, 22, 2.5, NaN])('refuses a length of %d', (length) => {
    expect(() => new FourierLines(length)).toThrow(RangeError);
  });
});

describe('goodFourierLength', () => {
  it.each([
    [1, 2],
    [7, 8],
    [8, 8],
    [11, 12],
    [121, 128],
    [632, 640],
    [1144, 1152],
  ])('of at least %d is %d', (atLeast, length) => {
    expect(goodFourierLength(atLeast)).toBe(length);
  });
});
