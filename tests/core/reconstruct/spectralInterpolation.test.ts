import { describe, expect, it, vi } from 'vitest';
import { RINGS } from '#core/image/PlaneCorrelation';
import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import { likelyPlane } from '#core/reconstruct/spectral/likelyPlane';
import { linearPlane } from '#core/reconstruct/spectral/linearPlane';
import { SpectralInterpolator } from '#core/reconstruct/spectral/SpectralInterpolator';
import { spectralWork, type SpectralWork } from '#core/reconstruct/spectral/spectralWork';
import { createRandom } from '#core/util/random';
import { defocusedStack, falling } from '#tests/helpers/defocusedStack';

const SIZE = { width: 48, height: 40 };

function inputsAt(zUm: readonly number[], noise = 0) {
  const { planes } = defocusedStack(SIZE.width, SIZE.height, zUm, noise);
  return planes.map((image, m) => ({ image, zUm: zUm[m]! }));
}

function rms(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

function interpolationOf(size: typeof SIZE) {
  const interpolator = new SpectralInterpolator(falling(), size);
  return { interpolator, work: spectralWork, stepUm: 0.1 };
}

describe('Spectral interpolation', () => {
  it('gives a measured plane without noise back where it was measured', async () => {
    const inputs = inputsAt([0, 2, 5]);
    const plane = await new SpectralInterpolator(falling(), SIZE).plane(inputs, 2);
    const detail = rms(
      inputs[1]!.image,
      inputs[1]!.image.map(() => 0.5),
    );
    expect(rms(plane, inputs[1]!.image)).toBeLessThan(0.03 * detail);
  });

  it('weighs two equally near waves as the correlation says', async () => {
    // Two planes hold the same wave; halfway the best weight of each is r(d) / (1 + r(2 d)), but for noise.
    const wave = Float32Array.from(
      { length: 96 * 96 },
      (_, i) => Math.cos((2 * Math.PI * 12 * (i % 96)) / 95) + 1e-4 * Math.sin(i * i),
    );
    const correlation = falling();
    const interpolator = new SpectralInterpolator(correlation, { width: 96, height: 96 });
    const inputs = [0, 2].map((zUm) => ({ image: wave.slice(), zUm }));
    const plane = await interpolator.plane(inputs, 1);
    const at = (d: number): number => Math.exp(-((d * (0.2 + 8.1 / 12)) ** 2));
    const expected = (2 * at(1)) / (1 + at(2) + 0.01);
    const gain =
      plane.reduce((sum, v, i) => sum + v * wave[i]!, 0) / wave.reduce((s, v) => s + v * v, 0);
    expect(gain).toBeGreaterThan(0.9 * expected);
    expect(gain).toBeLessThan(1.1 * expected);
  });

  it('does not depend on the order of the planes', async () => {
    const inputs = inputsAt([0, 2, 5], 0.05);
    const interpolator = new SpectralInterpolator(falling(), SIZE);
    const one = await interpolator.plane(inputs, 1.2);
    const other = await interpolator.plane([inputs[2]!, inputs[0]!, inputs[1]!], 1.2);
    expect(rms(one, other)).toBeLessThan(1e-6);
  });

  it('holds noise back', async () => {
    const random = createRandom(5);
    const image = Float32Array.from({ length: 64 * 64 }, () => random.normal());
    const plane = await new SpectralInterpolator(falling(), { width: 64, height: 64 }).plane(
      [{ image, zUm: 0 }],
      0,
    );
    expect(
      rms(
        plane,
        plane.map(() => 0),
      ),
    ).toBeLessThan(0.6);
  });

  it.each([
    [1, 1],
    [1, 9],
    [7, 3],
  ])('keeps constant planes of %d x %d', async (width, height) => {
    const image = new Float32Array(width * height).fill(3);
    const interpolator = new SpectralInterpolator(falling(), { width, height });
    const inputs = [0, 2].map((zUm) => ({ image, zUm }));
    for (const targetUm of [1, 8, -3]) {
      const plane = await interpolator.plane(inputs, targetUm);
      for (const value of plane) expect(value).toBeCloseTo(3, 5);
    }
  });

  it('counts values that are no numbers as background', async () => {
    const inputs = inputsAt([0, 3]);
    inputs[0]!.image[100] = NaN;
    inputs[1]!.image[7] = Infinity;
    const plane = await new SpectralInterpolator(falling(), SIZE).plane(inputs, 1);
    expect(plane.every(Number.isFinite)).toBe(true);
  });

  it('bears a correlation that no planes can have, and repeated planes', async () => {
    const impossible = { reachUm: 4, values: Array.from({ length: RINGS }, () => [1, -1, 1]) };
    const inputs = [...inputsAt([0, 2]), ...inputsAt([0, 2])];
    const plane = await new SpectralInterpolator(impossible, SIZE).plane(inputs, 1);
    expect(plane.every(Number.isFinite)).toBe(true);
  });

  it('transforms each measured plane once for all heights', async () => {
    const planeSpectrum = vi.fn(spectralWork.planeSpectrum);
    const work = { ...spectralWork, planeSpectrum };
    const interpolator = new SpectralInterpolator(falling(), SIZE, work);
    const inputs = inputsAt([0, 2, 5]);
    await Promise.all([1, 1.5].map((zUm) => interpolator.plane(inputs, zUm)));
    await interpolator.plane([inputs[0]!, inputs[0]!, inputs[2]!], 3);
    expect(planeSpectrum).toHaveBeenCalledTimes(3);
  });

  it('lets go of one who is cancelled while others wait for the same spectra', async () => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const planeSpectrum: SpectralWork['planeSpectrum'] = (input) =>
      ended.then(() => spectralWork.planeSpectrum(input));
    const work = { ...spectralWork, planeSpectrum };
    const interpolator = new SpectralInterpolator(falling(), SIZE, work);
    const inputs = inputsAt([0, 2]);
    const controller = new AbortController();
    const cancelled = interpolator.plane(inputs, 1, controller.signal);
    const other = interpolator.plane(inputs, 1);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ tag: 'CancelledError' });
    end();
    expect(await other).toHaveLength(SIZE.width * SIZE.height);
  });
});

describe('The most likely plane on a surface', () => {
  it('is the flat one where the surface is flat, and in between where it is tilted', async () => {
    const inputs = inputsAt([0, 2, 4]);
    const interpolation = interpolationOf(SIZE);
    const { interpolator } = interpolation;
    const area = SIZE.width * SIZE.height;
    const flat = await likelyPlane(interpolation, inputs, new Float32Array(area).fill(1.5));
    const plane = await interpolator.plane(inputs, 1.5);
    expect(rms(flat, plane)).toBeLessThan(1e-6);
    const tilted = Float32Array.from(
      { length: area },
      (_, i) => ((i % SIZE.width) * 4) / SIZE.width,
    );
    const surface = await likelyPlane(interpolation, inputs, tilted);
    const column = 24;
    const there = await interpolator.plane(inputs, tilted[column]!);
    for (let y = 0; y < SIZE.height; y++) {
      const i = y * SIZE.width + column;
      expect(Math.abs(surface[i]! - there[i]!)).toBeLessThan(2e-3);
    }
  });

  it('is interpolated pixel by pixel where measured planes have relief', async () => {
    const image = new Float32Array(4).fill(1);
    const relief = Float32Array.of(0, 0, 1, 1);
    const inputs = [
      { image, zUm: relief },
      { image: new Float32Array(4).fill(3), zUm: 2 },
    ];
    const interpolation = interpolationOf({ width: 2, height: 2 });
    expect([...(await likelyPlane(interpolation, inputs, 1))]).toEqual([2, 2, 1, 1]);
  });

  it('is linear interpolation there, within the planes and beyond them', () => {
    const random = createRandom(3);
    const map = (): Float32Array => Float32Array.from({ length: 60 }, () => random.between(0, 4));
    const [low, middle] = [map(), map()];
    const inputs = [low, middle, 2, middle].map((zUm) => ({ image: map(), zUm }));
    const targetUm = map();
    const plane = linearPlane({ inputs, targetUm });
    plane.forEach((value, i) => {
      const samples = inputs.map(({ image }) => image.slice(i, i + 1));
      const zUm = inputs.map(({ zUm }) => (typeof zUm === 'number' ? zUm : zUm[i]!));
      const [expected] = interpolatePlanes(samples, zUm, targetUm[i]!, 'linear');
      expect(value).toBeCloseTo(expected!, 5);
    });
  });
});
