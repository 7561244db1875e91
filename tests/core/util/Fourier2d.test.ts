import { Fourier2d } from '#core/util/Fourier2d';
import { createRandom } from '#core/util/random';
import { describe, expect, it } from 'vitest';

const WIDTH = 8;
const HEIGHT = 4;

function randomPlane(seed: number): Float64Array<ArrayBuffer> {
  const random = createRandom(seed);
  return Float64Array.from({ length: WIDTH * HEIGHT }, () => random.normal());
}

/** The transform by its definition. */
function directTransform(plane: Float64Array, fx: number, fy: number): [number, number] {
  let re = 0;
  let im = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const angle = -2 * Math.PI * ((fx * x) / WIDTH + (fy * y) / HEIGHT);
      re += plane[y * WIDTH + x]! * Math.cos(angle);
      im += plane[y * WIDTH + x]! * Math.sin(angle);
    }
  }
  return [re, im];
}

describe('Fourier2d', () => {
  const fourier = new Fourier2d(WIDTH, HEIGHT);
  const planes = [randomPlane(1), randomPlane(2)] as const;
  const spectra = [
    new Float32Array(fourier.spectrumLength),
    new Float32Array(fourier.spectrumLength),
  ] as const;
  fourier.forwardPair(planes[0], planes[1], spectra[0], spectra[1]);

  it.each([0, 1] as const)('transforms plane %d of a pair as the definition says', (which) => {
    for (let fx = 0; fx < fourier.halfWidth; fx++) {
      for (let fy = 0; fy < HEIGHT; fy++) {
        const [re, im] = directTransform(planes[which], fx, fy);
        expect(spectra[which][2 * (fx * HEIGHT + fy)]).toBeCloseTo(re, 5);
        expect(spectra[which][2 * (fx * HEIGHT + fy) + 1]).toBeCloseTo(im, 5);
      }
    }
  });

  it('gives the planes back', () => {
    const back = [new Float32Array(WIDTH * HEIGHT), new Float32Array(WIDTH * HEIGHT)] as const;
    fourier.inversePair(spectra[0], spectra[1], back[0], back[1]);
    for (const which of [0, 1] as const) {
      for (let i = 0; i < back[which].length; i++) {
        expect(back[which][i]).toBeCloseTo(planes[which][i]!, 5);
      }
    }
  });

  it.each([0, 1, 3, 6, 100, 2.5, NaN])('refuses a side of %d', (side) => {
    expect(() => new Fourier2d(side, 4)).toThrow(RangeError);
    expect(() => new Fourier2d(4, side)).toThrow(RangeError);
  });
});
