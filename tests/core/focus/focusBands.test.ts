import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialFilter } from '#core/focus/binomialFilter';
import { bandNoiseGains, focusBands } from '#core/focus/focusBands';
import { halfSize } from '#core/image/halved';
import { wholeSampleMirror } from '#core/focus/mirrorPad';
import type { Plane } from '#core/image/Plane';
import { noisePlane, normalDeviates, planeOf } from '#tests/helpers/planes';

function energies(plane: Plane, weights: readonly number[]): Float32Array {
  return focusBands(plane).energies(plane.data, weights).slice();
}

/** Energies of the two finest bands, pixel by pixel and averaged over blocks, written out. */
function direct({ width, height, data }: Plane, band: 0 | 1): Float64Array {
  const half = halfSize({ width, height });
  const smooth = new Float32Array(data.length);
  binomialFilter(width, height, 2)(data, smooth);
  const image = band === 0 ? data : smooth;
  const at = (x: number, y: number): number =>
    image[wholeSampleMirror(y, height) * width + wholeSampleMirror(x, width)];
  const energy = (x: number, y: number): number =>
    band === 0
      ? (at(x + 1, y + 1) - at(x, y)) ** 2 + (at(x, y + 1) - at(x + 1, y)) ** 2
      : ((at(x + 1, y) - at(x - 1, y)) ** 2 + (at(x, y + 1) - at(x, y - 1)) ** 2) / 4;
  return Float64Array.from({ length: half.width * half.height }, (_, i) => {
    const [x, y] = [2 * (i % half.width), 2 * Math.floor(i / half.width)];
    const [right, down] = [Math.min(x + 1, width - 1), Math.min(y + 1, height - 1)];
    return (energy(x, y) + energy(right, y) + energy(x, down) + energy(right, down)) / 4;
  });
}

describe('focusBands', () => {
  it.each([0, 1] as const)('has the squared differences of band %d, at any size', (band) => {
    const weights = [0, 1, 2, 3].map((other) => (other === band ? 1 : 0));
    const sides = fc.integer({ min: 1, max: 19 });
    fc.assert(
      fc.property(sides, sides, (width, height) => {
        const plane = noisePlane(width, height, width + 20 * height, 1);
        const expected = direct(plane, band);
        energies(plane, weights).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
      }),
    );
  });

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
