import { expect, it } from 'vitest';
import { spanHeights } from '#core/focus/spanHeights';
import { createRandom } from '#core/util/random';

/** The same membrane, one sweep after the other over the whole image. */
function spannedPlainly(heights: Float32Array, trust: Float32Array, width: number): Float32Array {
  const rows = heights.length / width;
  const weights = trust.map((value) => 4e-3 + 4000 * value ** 4);
  const spanned = heights.slice();
  for (let sweep = 0; sweep < 80; sweep++) {
    for (let y = 0; y < rows; y++) {
      for (let x = (y + sweep) & 1; x < width; x += 2) {
        const i = y * width + x;
        const around = [
          ...(x > 0 ? [spanned[i - 1]] : []),
          ...(x < width - 1 ? [spanned[i + 1]] : []),
          ...(y > 0 ? [spanned[i - width]] : []),
          ...(y < rows - 1 ? [spanned[i + width]] : []),
        ];
        const sum = around.reduce((total, value) => total + value, weights[i] * heights[i]);
        spanned[i] += 1.8 * (sum / (weights[i] + around.length) - spanned[i]);
      }
    }
  }
  return spanned;
}

it.each([
  [1, 1],
  [7, 1],
  [1, 9],
  [13, 90],
  [90, 13],
])('is the plain membrane on %i x %i heights', (width, rows) => {
  const random = createRandom(width);
  const heights = Float32Array.from({ length: width * rows }, () => 20 * random.uniform());
  const trust = Float32Array.from(heights, () => Math.max(0, 2 * random.uniform() - 1));
  const expected = spannedPlainly(heights, trust, width);
  spanHeights(heights, trust, width);
  heights.forEach((height, i) => expect(height).toBeCloseTo(expected[i], 3));
});
