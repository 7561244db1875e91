import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cylinder } from '#core/reconstruct/surface/cylinder';
import { sinusoid } from '#core/reconstruct/surface/sinusoid';
import { tiltedPlane } from '#core/reconstruct/surface/tiltedPlane';

const field = { width: 5, height: 3, pixelSizeUm: { x: 0.5, y: 2 } };
const along = (directionDeg: number) => ({ heightUm: 10, directionDeg });

describe('surfaces', () => {
  it('rise by the tangent of the tilt, in micrometres of either axis', () => {
    const alongX = tiltedPlane(field, along(0), 45);
    expect([...alongX.slice(0, 5)]).toEqual([9, 9.5, 10, 10.5, 11]);
    expect([...alongX.slice(5, 10)]).toEqual([...alongX.slice(0, 5)]);
    const alongY = tiltedPlane(field, along(90), 45);
    expect(alongY[0]).toBeCloseTo(8, 5);
    expect(alongY[14]).toBeCloseTo(12, 5);
  });

  it('lie on the circle of a cylinder, its crest in the centre', () => {
    const heights = cylinder({ ...field, height: 1 }, along(0), 1.25);
    heights.forEach((height, x) => {
      const distance = (x - 2) * 0.5;
      expect(Math.hypot(distance, height - 10 + 1.25)).toBeCloseTo(1.25, 5);
    });
    expect(heights[2]).toBe(10);
    expect(cylinder(field, along(0), -1.25)[0]).toBeGreaterThan(10);
  });

  it('end at the axis of a cylinder that is narrower than the field', () => {
    expect(cylinder({ ...field, height: 1 }, along(0), 0.5)[0]).toBe(9.5);
    expect(cylinder({ ...field, height: 1 }, along(0), -0.5)[0]).toBe(10.5);
  });

  it('wave with the period, in phase at the centre', () => {
    const wave = { amplitudeUm: 3, periodUm: 2, phaseDeg: 0 };
    const heights = sinusoid({ ...field, height: 1 }, along(0), wave);
    [10, 7, 10, 13, 10].forEach((height, x) => expect(heights[x]).toBeCloseTo(height, 5));
    expect(sinusoid(field, along(30), { ...wave, phaseDeg: 90 })[7]).toBeCloseTo(13, 5);
  });

  it('turn with their direction: half a turn mirrors them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), fc.integer({ min: 1, max: 9 }), (deg, n) => {
        const square = { width: n, height: n, pixelSizeUm: { x: 0.3, y: 0.3 } };
        const one = tiltedPlane(square, along(deg), 20);
        const other = tiltedPlane(square, along(deg + 180), 20).reverse();
        one.forEach((height, i) => expect(other[i]).toBeCloseTo(height, 4));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    () => tiltedPlane(field, along(0), 90),
    () => cylinder(field, along(0), 0),
    () => cylinder(field, along(0), NaN),
    () => sinusoid(field, along(0), { amplitudeUm: 1, periodUm: 0, phaseDeg: 0 }),
  ])('refuse what is no surface: %s', (make) => {
    expect(make).toThrow(RangeError);
  });
});
