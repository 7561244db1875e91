import { gaussLegendre } from '#core/optics/gaussLegendre';
import { describe, expect, it } from 'vitest';

describe('gaussLegendre', () => {
  it('knows the three-point rule', () => {
    const { nodes, weights } = gaussLegendre(3, -1, 1);
    expect(nodes[0]).toBeCloseTo(-Math.sqrt(0.6), 14);
    expect(nodes[1]).toBeCloseTo(0, 14);
    expect(weights[0]).toBeCloseTo(5 / 9, 14);
    expect(weights[1]).toBeCloseTo(8 / 9, 14);
  });

  it.each([1, 2, 5, 8, 33])('integrates polynomials exactly with %d nodes', (count) => {
    const degree = 2 * count - 1;
    const { nodes, weights } = gaussLegendre(count, 0, 1);
    let integral = 0;
    for (let i = 0; i < count; i++) integral += weights[i]! * nodes[i]! ** degree;
    expect(integral).toBeCloseTo(1 / (degree + 1), 12);
  });

  it('keeps its weights positive and its nodes inside for many nodes', () => {
    const { nodes, weights } = gaussLegendre(400, 0, Math.PI / 2);
    expect(Math.min(...weights)).toBeGreaterThan(0);
    expect(nodes[0]).toBeGreaterThan(0);
    expect(nodes[399]).toBeLessThan(Math.PI / 2);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(Math.PI / 2, 12);
  });

  it.each([0, -1, 1.5, NaN])('refuses %d nodes', (count) => {
    expect(() => gaussLegendre(count, 0, 1)).toThrow(RangeError);
  });
});
