import { bestFocus } from '#core/optics/bestFocus';
import { gaussLegendre } from '#core/optics/gaussLegendre';
import { gibsonLanni } from '#core/optics/gibsonLanni';
import { imageSpectra } from '#core/optics/imageSpectra';
import { imagingPlan, type ImagingOptions } from '#core/optics/ImagingPlan';
import { PupilIntensity, type PupilGrid } from '#core/optics/PupilIntensity';
import { pupilTransfer } from '#core/optics/pupilTransfer';
import { renderedPlanes } from '#core/optics/renderedPlanes';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { simulateStack } from '#core/optics/simulateStack';
import { specimenSpectra } from '#core/optics/specimenSpectra';
import { splatPoint } from '#core/optics/splatPoint';
import { stackTransfer } from '#core/optics/stackTransfer';
import { wavefrontError, type Aberrations } from '#core/optics/wavefrontError';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const OIL: ImagingOptions = {
  width: 96,
  height: 80,
  planes: 9,
  pixelSizeUm: 0.1,
  zStepUm: 0.25,
  system: { numericalAperture: 1.4, emissionUm: 0.525, immersionIndex: 1.515, specimenIndex: 1.515 },
  marginUm: 3,
  zMarginUm: 0.5,
};

const DRY: ImagingOptions = {
  ...OIL,
  pixelSizeUm: 0.325,
  zStepUm: 0.8,
  system: { numericalAperture: 0.75, emissionUm: 0.525, immersionIndex: 1, specimenIndex: 1.33 },
};

const FIELD: PupilGrid = {
  fieldUm: [12, 10],
  samples: [160, 120],
  fields: [3, 4],
  radiusUm: 12,
};

/** Intensities around a point at depth 0, from 0 in every direction of the field. */
function intensities(aberrations: Aberrations, stageUm: number, grid = FIELD): Float32Array {
  const plane = new Float32Array(grid.samples[0] * grid.samples[1]);
  const { system } = OIL;
  new PupilIntensity({ system, depthUm: 0, aberrations }, grid).fill(stageUm, plane);
  return plane;
}

const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

/** Images of a point in the middle of a stack. */
function pointImages(options: ImagingOptions, aberrations: Aberrations | null, depthUm = 0) {
  const plan = imagingPlan(options);
  const { originUm, voxelUm } = plan.cameraGrid;
  const counts = [options.width, options.height, options.planes - 1];
  const place = counts.map((count, axis) => originUm[axis]! + (count / 2) * voxelUm[axis]!);
  const [x, y, z] = [place[0]!, place[1]!, place[2]!];
  const specimen = {
    paint: (planes: readonly Float32Array[], grid: Parameters<typeof splatPoint>[1]) =>
      splatPoint(planes, grid, [x, y, z], 1),
  };
  const spectra = specimenSpectra(plan, specimen, 0, plan.specimenGrid.planes);
  const transfer = aberrations
    ? { planes: pupilTransfer(plan, { ...options, aberrations, depthUm }) }
    : stackTransfer(plan, { ...options, depthUm });
  const images = imageSpectra(plan, transfer, { from: 0, to: plan.layout.length, spectra });
  return renderedPlanes(
    plan,
    images.map((values) => ({ values })),
  );
}

/** Second moments of the bright middle of an image: along x, along y, and mixed. */
function spread(image: Float32Array, { width, height }: ImagingOptions): [number, number, number] {
  const peak = Math.max(...image);
  const sums: [number, number, number] = [0, 0, 0];
  let light = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (image[i]! < 0.1 * peak) continue;
      const [dx, dy] = [x - width / 2, y - height / 2];
      light += image[i]!;
      sums[0] += image[i]! * dx * dx;
      sums[1] += image[i]! * dy * dy;
      sums[2] += image[i]! * dx * dy;
    }
  }
  return [sums[0] / light, sums[1] / light, sums[2] / light];
}

describe('wavefrontError', () => {
  const radii = gaussLegendre(8, 0, 1);
  const turns = Array.from({ length: 24 }, (_, i) => (2 * Math.PI * i) / 24);

  /** Mean over the pupil of a product. */
  function mean(value: (r: number, theta: number) => number): number {
    let sum = 0;
    radii.nodes.forEach((r, i) => {
      for (const theta of turns) sum += (2 * radii.weights[i]! * r * value(r, theta)) / 24;
    });
    return sum;
  }

  const TERMS: Aberrations[] = [
    { astigmatism: 1, astigmatismAngleDeg: 20 },
    { astigmatism: 1, astigmatismAngleDeg: 65 },
    { coma: 1, comaAngleDeg: 33 },
    { spherical: 1 },
    { secondarySpherical: 1 },
  ];

  it('is of the stated root mean square, has no mean, and terms do not mix', () => {
    TERMS.forEach((one, i) => {
      const first = wavefrontError(one);
      expect(mean(first)).toBeCloseTo(0, 12);
      TERMS.forEach((other, j) => {
        const second = wavefrontError(other);
        expect(mean((r, theta) => first(r, theta) * second(r, theta))).toBeCloseTo(
          i === j ? 1 : 0,
          12,
        );
      });
    });
  });

  it('adds terms up', () => {
    const waves = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(waves, waves, waves, waves, (astigmatism, coma, spherical, r) => {
        const whole = wavefrontError({ astigmatism, coma, spherical })(r, 0.7);
        const parts = [{ astigmatism }, { coma }, { spherical }].map((part) =>
          wavefrontError(part)(r, 0.7),
        );
        expect(whole).toBeCloseTo(parts[0]! + parts[1]! + parts[2]!, 12);
      }),
    );
  });

  it.each([{ coma: NaN }, { spherical: Infinity }, { astigmatismAngleDeg: NaN }])(
    'refuses %o',
    (aberrations) => {
      expect(() => wavefrontError(aberrations)).toThrow(RangeError);
    },
  );
});

describe('PupilIntensity', () => {
  it.each([0, 0.4, -1.3])('is the point-spread function of Gibson and Lanni, %d um out', (stage) => {
    const plane = intensities({}, stage);
    const radii = Array.from({ length: 40 }, (_, i) => (i * 12) / 160);
    const expected = gibsonLanni(OIL.system, radii, [stage]);
    const scale = intensities({}, 0)[0]! / gibsonLanni(OIL.system, [0], [0])[0]!;
    let worst = 0;
    expected.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(plane[i]! / scale - value) / 0.25);
    });
    console.log('GL', stage, worst);
    expect(worst).toBeLessThan(0.002);
  });

  it.each([
    { astigmatism: 0.05 },
    { coma: 0.05, comaAngleDeg: 40 },
    { spherical: 0.05 },
    { secondarySpherical: -0.05 },
    { astigmatism: 0.03, spherical: 0.04 },
  ])('loses in focus the light that the Strehl ratio says: %o', (aberrations) => {
    const { astigmatism = 0, coma = 0, spherical = 0, secondarySpherical = 0 } = aberrations as Aberrations;
    const rms = Math.hypot(astigmatism, coma, spherical, secondarySpherical);
    const strehl = intensities(aberrations, 0)[0]! / intensities({}, 0)[0]!;
    console.log('strehl', aberrations, strehl, Math.exp(-((2 * Math.PI * rms) ** 2)));
    expect(Math.abs(strehl / Math.exp(-((2 * Math.PI * rms) ** 2)) - 1)).toBeLessThan(0.01);
  });
  it('conserves', () => {
    for (const s of [0, 1, 2]) console.log(sumOf(intensities({}, s)), sumOf(intensities({ coma: 0.1 }, s)));
  });
});

describe('pupilTransfer', () => {
  it.each([
    ['63x', OIL, 0],
    ['63x deep', { ...OIL, system: { ...OIL.system, specimenIndex: 1.4 } }, 5],
    ['63x camera', { ...OIL, sampling: 'camera' as const }, 0],
    ['20x', DRY, 0],
  ] as const)('zero equals radial %s', (name, options, depthUm) => {
    const radial = pointImages(options, null, depthUm);
    const pupil = pointImages(options, {}, depthUm);
    const peak = Math.max(...radial[4]!);
    let worst = 0;
    radial.forEach((image, z) => image.forEach((v, i) => (worst = Math.max(worst, Math.abs(v - pupil[z]![i]!) / peak))));
    console.log(name, worst, radial.map(sumOf), pupil.map(sumOf));
  });
  it('astig', () => {
    for (const a of [{ astigmatism: 0.15 }, { astigmatism: 0.15, astigmatismAngleDeg: 45 }, {coma: 0.1}]) {
      const images = pointImages(OIL, a);
      console.log(images.map((im) => spread(im, OIL).map((v) => v.toFixed(2)).join(' ')));
    }
    const c = pointImages(OIL, { coma: 0.1 })[4]!;
    console.log(Array.from({ length: 21 }, (_, i) => c[40 * 96 + 38 + i]!.toFixed(4)).join(' '));
  });
  it('sim', () => {
    const o: SimulationOptions = { ...OIL, seed: 1, specimen: { kind: 'beads', diameterUm: 0.2 }, light: { photons: 100 } };
    const s = simulateStack({ ...o, aberrations: { coma: 0.1 } });
    console.log(s.clean.length, bestFocus(OIL.system, 0));
  });
});
