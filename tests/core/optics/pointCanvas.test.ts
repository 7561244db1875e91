import { describe, expect, it } from 'vitest';
import { EQUATION_SUMS, PointCanvas, type Spot } from '#core/optics/points/PointCanvas';
import { ENTRIES_PER_PX } from '#core/optics/points/pointSpreadTable';
import { createRandom } from '#core/util/random';

const COLUMNS = 123;
const MOST_RADIUS_PX = (COLUMNS - 3) / ENTRIES_PER_PX;

/** What the kernels compute: the light of a spot on each pixel within its radius. */
function plainSpot(
  { width, height }: { width: number; height: number },
  profile: Float32Array,
  aspect: number,
  { xPx, yPx, radiusPx, light }: Spot,
): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    const r = Math.hypot((i % width) - xPx, (Math.floor(i / width) - yPx) * aspect);
    const at = r * ENTRIES_PER_PX;
    const entry = Math.floor(at);
    const [near, far] = [profile[entry] ?? 0, profile[entry + 1] ?? 0];
    return r > radiusPx ? 0 : light * (near + (at - entry) * (far - near));
  });
}

/** Weighted products of the derivatives of a spot by x, y, height and light, and with what is left. */
function plainEquations(
  { width, height }: { width: number; height: number },
  canvas: PointCanvas,
  aspect: number,
  { xPx, yPx, radiusPx, light }: Spot,
): number[] {
  const { rest, weights } = canvas.planes[1]!;
  const sums = new Array<number>(EQUATION_SUMS).fill(0);
  for (let i = 0; i < width * height; i++) {
    const [dx, dy] = [(i % width) - xPx, Math.floor(i / width) - yPx];
    const r = Math.hypot(dx, dy * aspect);
    if (r > radiusPx) continue;
    const at = r * ENTRIES_PER_PX;
    const entry = Math.floor(at);
    const between = (list: Float32Array): number =>
      list[entry]! + (at - entry) * (list[entry + 1]! - list[entry]!);
    const slope = ENTRIES_PER_PX * (canvas.profile[entry + 1]! - canvas.profile[entry]!);
    const value = between(canvas.profile);
    const perR = r > 0 ? (-light * slope) / r : 0;
    const higher = (light * (between(canvas.above) - value)) / 0.25;
    const parts = [perR * dx, perR * dy * aspect ** 2, higher, value];
    const [w, left] = [weights[i]!, rest[i]! - light * value];
    let k = 0;
    for (let a = 0; a < 4; a++) {
      for (let b = a; b < 4; b++) sums[k++]! += w * parts[a]! * parts[b]!;
    }
    for (const part of parts) sums[k++]! += w * part * left;
    sums[k]! += w * (left ** 2 - rest[i]! ** 2);
  }
  return sums;
}

/** Two planes of noise, and a profile that falls to 0. */
function noisyCanvas(width: number, height: number, aspect: number) {
  const random = createRandom(6);
  const canvas = new PointCanvas({ width, height }, [0, 1], { columns: COLUMNS, aspect });
  for (const { rest, weights } of canvas.planes) {
    rest.forEach((_, i) => (rest[i] = random.normal()));
    weights.forEach((_, i) => (weights[i] = random.between(0.5, 2)));
  }
  canvas.profile.forEach((_, i) => (canvas.profile[i] = Math.cos(i / 9) ** 2 * (1 - i / COLUMNS)));
  return canvas;
}

describe.each([
  [37, 29, 1],
  [64, 5, 1.3],
  [1, 1, 1],
  [3, 40, 0.8],
])('a canvas of %i x %i pixels, %f times as high as wide', (width, height, aspect) => {
  const spots: Spot[] = [
    { xPx: width / 2 + 0.3, yPx: height / 2 - 0.2, radiusPx: MOST_RADIUS_PX, light: 2.5 },
    { xPx: -3.7, yPx: 1.1, radiusPx: 9.4, light: -1.2 },
    { xPx: width + 0.6, yPx: height - 0.53, radiusPx: 5.2, light: 0.7 },
    { xPx: 0, yPx: 0, radiusPx: 0, light: 3 },
    { xPx: -40, yPx: -40, radiusPx: 6, light: 1 },
  ];

  it.each(spots)('shows a spot at ($xPx, $yPx) as far as $radiusPx pixels', (spot) => {
    const canvas = noisyCanvas(width, height, aspect);
    const plain = plainSpot({ width, height }, canvas.profile, aspect, spot);
    const [first, second] = canvas.planes.map(({ rest }) => rest.slice());
    canvas.add(1, spot);
    expect(canvas.planes[0]!.rest).toEqual(first);
    for (const [i, value] of canvas.planes[1]!.rest.entries()) {
      expect(Math.abs(value - second![i]! - plain[i]!)).toBeLessThan(2e-5);
    }
  });

  it.each(spots)('tells what a spot at ($xPx, $yPx) explains', (spot) => {
    const canvas = noisyCanvas(width, height, aspect);
    const plain = plainSpot({ width, height }, canvas.profile, aspect, spot);
    const { rest, weights } = canvas.planes[1]!;
    const wanted = plain.reduce(
      (sum, value, i) => sum + weights[i]! * (rest[i]! ** 2 - (rest[i]! - value) ** 2),
      0,
    );
    expect(Math.abs(canvas.explained(1, spot) - wanted)).toBeLessThan(1e-3);
  });

  it.each(spots)('tells in what direction a spot at ($xPx, $yPx) explains more', (spot) => {
    const canvas = noisyCanvas(width, height, aspect);
    canvas.above.forEach((_, i) => (canvas.above[i] = canvas.profile[i]! * (1 + i / 500)));
    canvas.addEquations(1, spot, 0.25);
    const wanted = plainEquations({ width, height }, canvas, aspect, spot);
    for (const [i, sum] of canvas.sums.entries()) {
      expect(Math.abs(sum - wanted[i]!)).toBeLessThan(1e-3 + 1e-4 * Math.abs(wanted[i]!));
    }
  });
});
