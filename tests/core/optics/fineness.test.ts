import { describe, expect, it } from 'vitest';
import { gaussianBlur } from '#core/image/gaussianBlur';
import { fineness } from '#core/optics/fit/fineness';
import type { LayeredField } from '#core/optics/fit/LayeredSpecimen';
import { simulateStack } from '#core/optics/simulateStack';
import { usualSpecimen, type SpecimenKind } from '#core/optics/usualSpecimen';
import { createRandom } from '#core/util/random';

const SIZE = { width: 140, height: 120 };
const SYSTEM = {
  ...{ numericalAperture: 1.4, immersionIndex: 1.515, emissionUm: 0.51, specimenIndex: 1.46 },
};

const fieldOf = (size: { width: number; height: number }): LayeredField => ({
  ...{ ...size, pixelSizeUm: { x: 0.1, y: 0.1 }, system: SYSTEM, rangeUm: [0, 4] },
});

function finenessOf(kind: SpecimenKind, seed: number): number {
  const { noisy } = simulateStack({
    ...{ ...SIZE, seed, planes: 15, pixelSizeUm: 0.1, zStepUm: 0.3, system: SYSTEM },
    specimen: usualSpecimen(kind),
    light: { photons: 300, background: 0.06 },
  });
  const counts = [2, 12].map((z) => Float32Array.from(noisy[z]));
  return fineness({ field: fieldOf(SIZE), counts, zUm: [0.6, 3.6] });
}

const noise = (seed: number, length = SIZE.width * SIZE.height): Float32Array<ArrayBuffer> => {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
};

/** Structure of two widths, a share of it fine. */
function structure(fineShare: number): Float32Array<ArrayBuffer> {
  const unitPx = SYSTEM.emissionUm / SYSTEM.numericalAperture / 0.1;
  const [fine, coarse] = [0.7, 3].map((width, i) => {
    const { data } = gaussianBlur({ ...SIZE, data: noise(i + 1) }, width * unitPx);
    const rms = Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);
    return data.map((value) => value / rms);
  });
  return Float32Array.from(fine, (value, i) => 100 + fineShare * value + coarse[i]);
}

const of = (counts: Float32Array<ArrayBuffer>): number =>
  fineness({ field: fieldOf(SIZE), counts: [counts], zUm: [0] });

describe('fineness', () => {
  it.each(['nuclei', 'neurons'] as const)('takes %s for bodies', (kind) => {
    expect(finenessOf(kind, 11)).toBeLessThan(0.2);
  });

  it.each(['filaments', 'mitochondria'] as const)('takes %s for threads', (kind) => {
    expect(finenessOf(kind, 12)).toBeGreaterThan(0.8);
  });

  it('grows with the fine part of the structure, from 0 to 1', () => {
    const found = [0.05, 0.3, 0.4, 0.5, 3].map((share) => of(structure(share)));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found[0]).toBe(0);
    expect(found.at(-1)).toBe(1);
  });

  it('holds noise against threads', () => {
    const clear = structure(0.4);
    const grainy = noise(5);
    expect(of(clear.map((value, i) => value + 0.3 * grainy[i]))).toBeLessThan(of(clear));
  });

  it('is the same for any gain and offset', () => {
    const plane = structure(0.4);
    expect(of(plane)).toBeGreaterThan(0);
    expect(of(plane)).toBeLessThan(1);
    expect(of(plane.map((value) => 7 * value + 50))).toBeCloseTo(of(plane), 2);
  });

  it.each([
    ['even planes', new Float32Array(30 * 20).fill(5), { width: 30, height: 20 }],
    ['a single pixel', new Float32Array([3]), { width: 1, height: 1 }],
    ['a line', noise(3, 301), { width: 301, height: 1 }],
  ])('is between 0 and 1 for %s', (_, data, size) => {
    const found = fineness({ field: fieldOf(size), counts: [data], zUm: [0] });
    expect(found).toBeGreaterThanOrEqual(0);
    expect(found).toBeLessThanOrEqual(1);
  });

  it('finds no threads in planes without structure', () => {
    const even = new Float32Array(30 * 20).fill(5);
    expect(fineness({ field: fieldOf({ width: 30, height: 20 }), counts: [even], zUm: [0] })).toBe(
      0,
    );
  });
});
