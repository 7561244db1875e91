import { describe, expect, it } from 'vitest';
import { RealTransform } from '#core/util/fourier/RealTransform';
import { eachFrequency, spectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { SpectrumToPlane } from '#core/util/fourier/SpectrumToPlane';
import { createRandom } from '#core/util/random';

function noise(length: number): Float32Array<ArrayBuffer> {
  const random = createRandom(length);
  return Float32Array.from({ length }, () => random.normal());
}

function worst(ours: Float32Array, theirs: Float32Array): number {
  return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0);
}

describe('RealTransform', () => {
  it.each([
    { width: 2, height: 2, cutoff: Infinity },
    { width: 6, height: 40, cutoff: Infinity },
    { width: 54, height: 20, cutoff: Infinity },
    { width: 40, height: 48, cutoff: 0.3 },
  ])('gives the definition and its inverse: $width x $height, cut off at $cutoff', (given) => {
    const { width, height, cutoff } = given;
    const layout = spectrumLayout(given, [width, height], cutoff);
    const plane = noise(width * height);
    const [ours, theirs] = [1, 2].map(() => new Float32Array(2 * layout.length));
    const transform = new RealTransform(layout);
    transform.forwardPlane(plane, ours!);
    eachFrequency(layout, 0, layout.length, (at, fx, fy) => {
      plane.forEach((value, i) => {
        const turns = (fx * (i % width)) / width + (fy * Math.floor(i / width)) / height;
        theirs![2 * at]! += value * Math.cos(2 * Math.PI * turns);
        theirs![2 * at + 1]! -= value * Math.sin(2 * Math.PI * turns);
      });
    });
    expect(worst(ours!, theirs!)).toBeLessThan(1e-6 * width * height);

    const crop = { left: width >> 2, top: height >> 2, width: width >> 1, height: height / 2 - 1 };
    const area = crop.width * crop.height;
    const [back, expected, rest] = [1, 2, 3].map(() => new Float32Array(area));
    transform.backward(ours!, crop, back!);
    const field = { fieldWidth: width, fieldHeight: height, ...crop };
    const values = { values: ours! };
    new SpectrumToPlane(layout, field).transformPair(values, values, [expected!, rest!]);
    expect(worst(back!, expected!)).toBeLessThan(1e-6);
  });

  it('gives a plane back', () => {
    const [width, height] = [30, 24];
    const layout = spectrumLayout({ width, height }, [width, height], Infinity);
    const transform = new RealTransform(layout);
    const spectrum = new Float32Array(2 * layout.length);
    const plane = noise(width * height);
    transform.forwardPlane(plane, spectrum);
    const back = new Float32Array(plane.length);
    transform.backward(spectrum, { left: 0, top: 0, width, height }, back);
    expect(worst(back, plane)).toBeLessThan(1e-6);
    expect(spectrum[0]).toBeCloseTo(
      plane.reduce((sum, value) => sum + value, 0),
      3,
    );
  });
});
