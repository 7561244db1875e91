import { besselJ0 } from '#core/optics/besselJ0';
import { besselJ1 } from '#core/optics/besselJ1';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Arguments, J0 and J1 by arithmetic of 40 digits. */
const TABLE = JSON.parse(
  readFileSync(new URL('../../fixtures/algorithms/bessel.json', import.meta.url), 'utf8'),
) as [number, number, number][];

describe('besselJ0 and besselJ1', () => {
  it.each(TABLE)('are right to 1e-12 at %d', (x, j0, j1) => {
    expect(Math.abs(besselJ0(x) - j0)).toBeLessThan(1e-12);
    expect(Math.abs(besselJ1(x) - j1)).toBeLessThan(1e-12);
  });

  it('are even and odd', () => {
    for (const x of [0.3, 9, 40]) {
      expect(besselJ0(-x)).toBe(besselJ0(x));
      expect(besselJ1(-x)).toBe(-besselJ1(x));
    }
  });

  it('are linked by the derivative of J0', () => {
    const step = 1e-4;
    for (const x of [1.5, 7.99, 8.01, 12, 19.99, 20.01, 60]) {
      const slope = (besselJ0(x + step) - besselJ0(x - step)) / (2 * step);
      expect(Math.abs(slope + besselJ1(x))).toBeLessThan(1e-8);
    }
  });
});
