import { describe, expect, it } from 'vitest';
import { thumbnail, thumbnailPlanes } from '#renderer/features/planes/thumbnail';
import { planeAxis } from '#renderer/features/planes/planeAxis';
import { levelFor } from '#renderer/features/viewer/levelFor';
import { readout } from '#renderer/features/viewer/readout';
import { fakeDocument } from '#tests/helpers/fakeEngine';

describe('the axis of planes', () => {
  const zAxis = (count: number, places: readonly number[] | null) =>
    planeAxis({ name: 'z', count, places });

  it('puts planes at their heights, also when they are not evenly spaced', () => {
    const axis = zAxis(4, [0, 1, 2, 10]);
    expect([0, 1, 2, 3].map(axis.fractionOf)).toEqual([0, 0.1, 0.2, 1]);
    expect([0, 0.14, 0.55, 0.7, 1].map(axis.planeAt)).toEqual([0, 1, 2, 3, 3]);
  });

  it('runs downwards when the stack does', () => {
    const axis = zAxis(3, [0, -2, -4]);
    expect([0, 1, 2].map(axis.fractionOf)).toEqual([0, 0.5, 1]);
    expect(axis.ticks.at(-1)?.label).toBe('4 µm');
  });

  it('counts planes when no height is stated', () => {
    const axis = zAxis(11, null);
    expect([axis.fractionOf(5), axis.planeAt(0.52), axis.planeAt(7)]).toEqual([0.5, 5, 10]);
    expect(axis.ticks.at(-1)?.label).toBe('10 planes');
  });

  it('runs along time for single planes, in seconds or counted', () => {
    const seconds = planeAxis({ name: 't', count: 3, places: [0, 5, 10] });
    expect(seconds.ticks.at(-1)?.label).toBe('10 s');
    const counted = planeAxis({ name: 't', count: 3, places: null });
    expect(counted.ticks.at(-1)?.label).toBe('2.0 time points');
  });

  it('has one place for one plane', () => {
    expect(zAxis(1, [0]).fractionOf(0)).toBe(0.5);
    expect(zAxis(1, null).planeAt(0.9)).toBe(0);
  });
});

describe('thumbnails', () => {
  it('show planes from the whole depth', () => {
    expect(thumbnailPlanes(61, 3)).toEqual([10, 30, 50]);
    expect(thumbnailPlanes(2, 9)).toEqual([0, 1]);
  });

  it('average the middle of a plane and stretch it from black to white', () => {
    const pixels = Uint8Array.from([
      9, 0, 0, 80, 80, 9, 9, 0, 0, 80, 80, 9, 9, 40, 40, 200, 200, 9, 9, 40, 40, 200, 200, 9,
    ]);
    const plane = { width: 6, height: 4, pixelType: 'uint8' as const, pixels, min: 0, max: 200 };
    expect([...thumbnail(plane, 2).grey]).toEqual([0, 102, 51, 255]);
  });

  it('show a constant plane as black', () => {
    const plane = {
      width: 2,
      height: 2,
      pixelType: 'uint8' as const,
      pixels: new Uint8Array(4).fill(7),
      min: 7,
      max: 7,
    };
    expect([...thumbnail(plane, 2).grey]).toEqual([0, 0, 0, 0]);
  });
});

describe('the resolution level', () => {
  const levels = [4096, 2048, 1024].map((width) => ({ width, height: width }));

  it('is the coarsest that still fills the pane', () => {
    expect([500, 1024, 1025, 3000, 9000].map((width) => levelFor(levels, width))).toEqual([
      2, 2, 1, 0, 0,
    ]);
  });
});

describe('the value under the pointer', () => {
  const plane = {
    width: 2,
    height: 2,
    pixelType: 'uint16' as const,
    pixels: Uint16Array.of(1, 2, 3, 4),
    min: 1,
    max: 4,
  };
  const document = fakeDocument({ shape: { t: 1, c: 1, z: 1, y: 2, x: 2 } });

  it('has its place in micrometres and pixels', () => {
    expect(readout(document, plane, { x: 1.7, y: 0.2 })).toBe('x 0.10  y 0.00 µm   (1, 0)   2');
  });

  it('is the measured value where integers stand for another range', () => {
    const mapped = { ...document, valueMapping: { scale: 0.5, offset: -1 } };
    expect(readout(mapped, plane, { x: 1, y: 1 })).toContain('(1, 1)   1');
  });

  it('leaves micrometres out where nobody stated them, and says nothing outside', () => {
    const unknown = {
      ...document,
      calibration: { ...document.calibration, pixelSizeUm: { x: null, y: null, z: null } },
    };
    expect(readout(unknown, plane, { x: 0, y: 1 })).toBe('(0, 1)   3');
    expect(readout(document, plane, { x: 2, y: 0 })).toBe('');
    expect(readout(document, plane, { x: -0.1, y: 0 })).toBe('');
  });
});
