import { gaussLegendre } from '#core/optics/gaussLegendre';
import { wavefrontError, type Aberrations } from '#core/optics/wavefrontError';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('wavefrontError', () => {
  const radii = gaussLegendre(8, 0, 1);
  const turns = Array.from({ length: 24 }, (_, i) => (2 * Math.PI * i) / 24);

  /** Mean over the pupil of a product. */
  function mean(value: (r: number, theta: number) => number): number {
    let sum = 0;
    radii.nodes.forEach((r, i) => {
      for (const theta of turns) sum += (2 * radii.weights[i]! * r * value(r, theta)) / 24;
    });
    return sum;
  }

  const TERMS: Aberrations[] = [
    { astigmatism: 1, astigmatismAngleDeg: 20 },
    { astigmatism: 1, astigmatismAngleDeg: 65 },
    { coma: 1, comaAngleDeg: 33 },
    { spherical: 1 },
    { secondarySpherical: 1 },
  ];

  it('is of the stated root mean square, has no mean, and terms do not mix', () => {
    TERMS.forEach((one, i) => {
      const first = wavefrontError(one);
      expect(mean(first)).toBeCloseTo(0, 12);
      TERMS.forEach((other, j) => {
        const second = wavefrontError(other);
        expect(mean((r, theta) => first(r, theta) * second(r, theta))).toBeCloseTo(
          i === j ? 1 : 0,
          12,
        );
      });
    });
  });

  it('adds terms up', () => {
    const waves = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(waves, waves, waves, waves, (astigmatism, coma, spherical, r) => {
        const whole = wavefrontError({ astigmatism, coma, spherical })(r, 0.7);
        const parts = [{ astigmatism }, { coma }, { spherical }].map((part) =>
          wavefrontError(part)(r, 0.7),
        );
        expect(whole).toBeCloseTo(parts[0]! + parts[1]! + parts[2]!, 12);
      }),
    );
  });

  it.each([{ coma: NaN }, { spherical: Infinity }, { astigmatismAngleDeg: NaN }])(
    'refuses %o',
    (aberrations) => {
      expect(() => wavefrontError(aberrations)).toThrow(RangeError);
    },
  );
});
