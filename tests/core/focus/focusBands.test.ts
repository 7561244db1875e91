import { describe, expect, it } from 'vitest';
import { bandNoiseGains, focusBands } from '#core/focus/focusBands';
import type { Plane } from '#core/image/Plane';
import { normalDeviates, planeOf } from '#tests/helpers/planes';

function energies(plane: Plane, weights: readonly number[]): Float32Array {
  const bands = focusBands(plane);
  const out = new Float32Array(bands.half.width * bands.half.height);
  bands.addEnergies(plane.data, weights, out);
  return out;
}

describe('focusBands', () => {
  it('shows in white noise what the noise gains say', () => {
    const normal = normalDeviates(3);
    const plane = planeOf(512, 384, () => 3 * normal());
    const means = focusBands(plane).meanEnergies(plane.data);
    bandNoiseGains().forEach((gain, band) => {
      expect(means[band] / (9 * gain)).toBeGreaterThan(0.95);
      expect(means[band] / (9 * gain)).toBeLessThan(1.05);
    });
  });

  it('shows the slope of a ramp in every band, twice its square in the finest', () => {
    const plane = planeOf(64, 48, (x, y) => 3 * x - y);
    const centre = 12 * 32 + 16;
    // Along the diagonals 3x - y changes by 2 and by 4.
    expect(energies(plane, [1, 0, 0, 0])[centre]).toBeCloseTo(2 * 2 + 4 * 4, 3);
    for (const band of [1, 2, 3]) {
      const weights = [0, 1, 2, 3].map((other) => (other === band ? 1 : 0));
      expect(energies(plane, weights)[centre]).toBeCloseTo(3 * 3 + 1, 3);
    }
  });

  it('adds the bands by their weights', () => {
    const normal = normalDeviates(4);
    const plane = planeOf(13, 9, () => normal());
    const all = energies(plane, [1, 2, 3, 4]);
    const each = [1, 2, 3, 4].map((weight, band) =>
      energies(
        plane,
        [0, 1, 2, 3].map((other) => (other === band ? weight : 0)),
      ),
    );
    all.forEach((value, i) => {
      expect(value).toBeCloseTo(
        each.reduce((sum, map) => sum + map[i], 0),
        3,
      );
    });
  });

  it.each([
    [1, 1],
    [1, 6],
    [7, 1],
    [3, 2],
  ])('finds nothing in a constant plane of %d x %d pixels', (width, height) => {
    const plane = planeOf(width, height, () => 5);
    expect(energies(plane, [1, 1, 1, 1]).every((value) => value === 0)).toBe(true);
  });
});
