import { describe, expect, it } from 'vitest';
import { fitSpecimen } from '#core/optics/fit/fitSpecimen';
import { specimenImage } from '#core/optics/fit/specimenImage';
import { LayeredSpecimen } from '#core/optics/fit/LayeredSpecimen';
import { LayersEstimate } from '#core/optics/fit/LayersEstimate';
import { depthWeights } from '#core/optics/fit/depthWeights';
import { layerHeights } from '#core/optics/fit/layerHeights';
import { layerThickness } from '#core/optics/fit/layerThickness';
import { fittedOptics } from '#core/optics/fit/fittedOptics';
import { planeAgreement } from '#core/optics/fit/planeAgreement';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { createRandom } from '#core/util/random';

const system: OpticalSystem = {
  ...{ numericalAperture: 1.4, emissionUm: 0.5, immersionIndex: 1.515, specimenIndex: 1.515 },
};
const pixelSizeUm = { x: 0.1, y: 0.1 };

function randomPlane(seed: number, length: number): Float32Array<ArrayBuffer> {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.uniform());
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function rms(values: Float32Array): number {
  return Math.sqrt(dot(values, values) / values.length);
}

describe('LayeredSpecimen', () => {
  const field = { width: 22, height: 15, pixelSizeUm, system, rangeUm: [0, 1] as const };
  const specimen = new LayeredSpecimen(field, 3);

  it('spreads planes as the adjoint of how it images layers', () => {
    const layers = specimen.layerZUm.map((_, j) => randomPlane(j, specimen.area));
    const zUm = [0, 0.35, 1];
    const planes = zUm.map((_, i) => randomPlane(100 + i, 22 * 15));
    const imaged = specimen.imaged(layers, zUm);
    const there = planes.reduce((sum, plane, i) => sum + dot(plane, imaged[i]), 0);
    const light = new Float32Array(specimen.area);
    let back = 0;
    specimen.spread(planes, zUm, light, (j) => (back += dot(layers[j], light)));
    expect(back / there).toBeCloseTo(1, 5);
  });

  it('images an even layer as evenly bright at every distance: no light is lost', () => {
    const layers = specimen.layerZUm.map((_, j) =>
      new Float32Array(specimen.area).fill(j === 3 ? 2 : 0),
    );
    for (const plane of specimen.imaged(layers, [0, 0.5, 1])) {
      for (const value of plane) expect(value).toBeCloseTo(2, 3);
    }
  });
});

describe('LayeredSpecimen of grains', () => {
  const field = { width: 24, height: 20, pixelSizeUm, system, rangeUm: [0, 1] as const };
  const lit = (grainUm: number): Float32Array => {
    const specimen = new LayeredSpecimen({ ...field, grainUm }, 1);
    const layer = new Float32Array(specimen.area);
    const { width, height } = specimen.frame;
    layer[(height >> 1) * width + (width >> 1)] = 1;
    const layers = specimen.layerZUm.map((z) =>
      Math.abs(z) < 1e-6 ? layer : new Float32Array(specimen.area),
    );
    return specimen.imaged(layers, [0])[0];
  };
  const sum = (plane: Float32Array): number => plane.reduce((a, b) => a + b, 0);
  const variance = (plane: Float32Array): number => {
    const x = plane.reduce((s, v, i) => s + v * (i % 24), 0) / sum(plane);
    return plane.reduce((s, v, i) => s + v * ((i % 24) - x) ** 2, 0) / sum(plane);
  };

  it('shows a grain wider than a point by its variance, and as bright in all', () => {
    const [point, grain] = [lit(0), lit(0.2)];
    expect(sum(grain) / sum(point)).toBeCloseTo(1, 2);
    expect((variance(grain) - variance(point)) * 0.1 ** 2).toBeCloseTo(0.2 ** 2, 2);
  });
});

describe('heights of layers', () => {
  const near = (value: number): unknown => expect.closeTo(value, 12);

  it('are a depth of focus apart between the planes and further apart beyond', () => {
    const heights = layerHeights([1, 2.9], 0.5);
    const wanted = [-1.5, -0.25, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4.25, 5.5];
    expect(heights).toHaveLength(wanted.length);
    heights.forEach((height, i) => expect(height).toBeCloseTo(wanted[i], 12));
  });

  it('surround a single plane, too', () => {
    expect(layerHeights([0.4, 0.4], 0.2, [1, 2])).toEqual([0, 0.2, 0.4, 0.6, 0.8].map(near));
  });

  it('share the height among layers, so that light spreads evenly', () => {
    expect(layerThickness([0, 1, 2, 4])).toEqual([1, 1, 1.5, 2]);
    expect(layerThickness([3, 5])).toEqual([2, 2]);
  });
});

describe('depthWeights', () => {
  const rangeUm = [0, 2.4] as const;
  const specimen = new LayeredSpecimen({ width: 16, height: 16, pixelSizeUm, system, rangeUm }, 2);
  const { layerZUm } = specimen;
  const weights = (exponent: number, zUm = [0, 2.4]): number[] =>
    depthWeights(specimen, zUm, { rangeUm, exponent });

  const perThickness = (found: readonly number[]): number[] => {
    const thickness = layerThickness(layerZUm);
    return found.map((weight, i) => weight / thickness[i]);
  };

  it('weighs all layers alike for their thickness with the exponent 0', () => {
    const found = perThickness(weights(0));
    for (const weight of found) expect(weight).toBeCloseTo(found[0], 10);
  });

  it.each([0.5, 1, 3])('weighs layers the more, the less planes show of them: %f', (exponent) => {
    const found = weights(exponent);
    expect(found.reduce((a, b) => a + b, 0) / found.length).toBeCloseTo(1, 10);
    const even = perThickness(found);
    const at = (z: number): number =>
      even[layerZUm.findIndex((layer) => Math.abs(layer - z) < 0.15)];
    expect(at(1.2)).toBeGreaterThan(2 ** exponent * at(0));
    expect(Math.max(...even)).toBeLessThan(1.05 * at(1.2));
  });

  it('takes one plane, whose range tells how far it reaches', () => {
    const found = depthWeights(specimen, [1.2], { rangeUm, exponent: 1 });
    const nearest = layerZUm.map((z) => Math.abs(z - 1.2));
    expect(found.indexOf(Math.min(...found))).toBe(nearest.indexOf(Math.min(...nearest)));
  });
});

describe('fitSpecimen', () => {
  const field = { width: 32, height: 28, pixelSizeUm, system, rangeUm: [0, 2.4] as const };
  const zUm = [0, 0.6, 1.2, 1.8, 2.4];
  const truth = beads();
  const disagreement = (planes: readonly Float32Array[], steps = 20): number => {
    const images = imagesOf(planes, steps);
    const shares = images.map((image, i) => {
      const { difference, structure } = planeAgreement(planes[i], image, field);
      return rms(difference) / rms(structure);
    });
    return rms(Float32Array.from(shares));
  };

  function imagesOf(planes: readonly Float32Array[], steps: number): Float32Array[] {
    const specimen = fitSpecimen({ ...field, planes, zUm, steps });
    return zUm.map((z) => specimenImage({ specimen, zUm: z }));
  }

  /** Planes of points of light above each other and side by side. */
  function beads(): Float32Array<ArrayBuffer>[] {
    const specimen = new LayeredSpecimen(field, zUm.length);
    const side = Math.sqrt(specimen.area);
    const layers = specimen.layerZUm.map((z, j) => {
      const layer = new Float32Array(specimen.area);
      if (z > -0.2 && z < 2.6)
        layer[Math.round(specimen.area / 2 + side / 2 + 3 * (j % 5) - 6)] = 1e4;
      return layer;
    });
    return specimen.imaged(layers, zUm);
  }

  it('explains planes that a microscope could have taken, better step by step', () => {
    expect(disagreement(truth)).toBeLessThan(0.1);
    expect(disagreement(truth)).toBeLessThan(0.6 * disagreement(truth, 5));
  });

  it('does not explain beads that fade in place, as interpolated planes show them', () => {
    const [first, last] = [truth[0], truth[4]];
    const faded = truth.map((_, z) => first.map((v, i) => v + (z / 4) * (last[i] - v)));
    expect(disagreement(faded)).toBeGreaterThan(2 * disagreement(truth));
  });

  it('takes planes in any unit, below 0 too', () => {
    const scaled = truth.map((plane) => plane.map((value) => value / 500 - 3));
    expect(disagreement(scaled)).toBeCloseTo(disagreement(truth), 2);
  });

  it('images dark planes as dark', () => {
    const dark = truth.map((plane) => plane.map(() => 7));
    expect(imagesOf(dark, 3)[1].every((value) => value === 7)).toBe(true);
  });

  it('images on the background of the planes, in their unit', () => {
    const bright = truth.map((plane) => plane.map((value) => value + 100));
    imagesOf(bright, 40).forEach((image, i) => {
      const difference = image.map((value, k) => value - bright[i][k]);
      expect(rms(difference)).toBeLessThan(0.1 * rms(truth[i]));
    });
  });

  it('takes a dry objective as it is', () => {
    const dry = { numericalAperture: 0.75, immersionIndex: 1, emissionUm: 0.5 };
    expect(fittedOptics('grains', dry)).toEqual({ system: { ...dry, specimenIndex: 1 } });
  });

  it('tells how far it is, never back', () => {
    const heard: number[] = [];
    const large = { ...field, width: 70, height: 66 };
    const planes = zUm.map((z, p) => randomPlane(p, 70 * 66).map((value) => value + z));
    const request = {
      ...large,
      planes,
      zUm,
      ...fittedOptics('grains', system),
      steps: 6,
      model: 'grains' as const,
    };
    fitSpecimen(request, (fraction) => heard.push(fraction));
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBeCloseTo(1, 10);
  });

  it('refuses a volume without planes', () => {
    const none = { ...field, planes: [], zUm: [] };
    expect(() => fitSpecimen(none)).toThrow(RangeError);
  });
});

describe('planeAgreement', () => {
  const field = { width: 64, height: 50, pixelSizeUm, system };
  const wave = Float32Array.from({ length: 64 * 50 }, (_, i) => 9 + 5 * Math.sin((i % 64) / 4));

  it('leaves brightness and background out', () => {
    const { difference, structure } = planeAgreement(
      wave,
      wave.map((value) => 0.01 * value + 40),
      field,
    );
    expect(rms(difference)).toBeLessThan(1e-4);
    expect(rms(structure) / rms(wave.map((value) => value - 9))).toBeCloseTo(1, 1);
  });

  it('knows the noise of a plane from what the optics cannot pass', () => {
    const random = createRandom(8);
    const noisy = wave.map((value) => value + 0.3 * random.normal());
    const { difference, noiseRms } = planeAgreement(noisy, wave, field);
    expect(noiseRms / rms(difference)).toBeGreaterThan(0.85);
    expect(noiseRms / rms(difference)).toBeLessThan(1.15);
  });

  it('compares a single pixel', () => {
    const single = { ...field, width: 1, height: 1 };
    const { difference } = planeAgreement(Float32Array.of(3), Float32Array.of(1), single);
    expect(difference[0]).toBeCloseTo(0, 5);
  });
});

describe('LayersEstimate', () => {
  it('tells the gain of the camera where even light is explained by all but its noise', () => {
    const random = createRandom(5);
    const field = { width: 64, height: 64, pixelSizeUm, system, rangeUm: [0, 1.2] as const };
    const gain = 3;
    const counts = [0, 1].map(() =>
      Float32Array.from({ length: 64 * 64 }, () => gain * random.poisson(200)),
    );
    const estimate = new LayersEstimate({ field, counts, zUm: [0, 1.2] }, { depthExponent: 0 });
    const before = estimate.dispersion();
    estimate.improve(12, () => {});
    expect(estimate.dispersion()).toBeLessThan(before);
    expect(estimate.dispersion()).toBeLessThan(1.2 * gain);
    expect(estimate.dispersion()).toBeGreaterThan(0.7 * gain);
  });
});
