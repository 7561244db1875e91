import { gaussLegendre } from '#core/optics/gaussLegendre';
import { gibsonLanni } from '#core/optics/gibsonLanni';
import { imageSpectra } from '#core/optics/imageSpectra';
import { imagingPlan, type ImagingOptions } from '#core/optics/ImagingPlan';
import { PupilIntensity, type PupilGrid } from '#core/optics/PupilIntensity';
import { pupilTransfer } from '#core/optics/pupilTransfer';
import { renderedPlanes } from '#core/optics/renderedPlanes';
import { specimenSpectra } from '#core/optics/specimenSpectra';
import { splatPoint } from '#core/optics/splatPoint';
import { stackTransfer } from '#core/optics/stackTransfer';
import type { Aberrations } from '#core/optics/wavefrontError';
import { describe, expect, it } from 'vitest';

const OIL: ImagingOptions = {
  width: 48,
  height: 40,
  planes: 5,
  pixelSizeUm: 0.1,
  zStepUm: 0.4,
  system: {
    numericalAperture: 1.4,
    emissionUm: 0.525,
    immersionIndex: 1.515,
    specimenIndex: 1.515,
  },
  marginUm: 3,
  zMarginUm: 0.4,
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

/** Intensity of the pupil integral by quadrature, 1 at the focus of a flat pupil. */
function integrated(
  path: (x: number, y: number) => number,
  [xUm, yUm]: readonly [number, number],
): number {
  const { numericalAperture, emissionUm } = OIL.system;
  const scale = (2 * Math.PI * numericalAperture) / emissionUm;
  const radii = gaussLegendre(60, 0, 1);
  const turns = 160;
  let re = 0;
  let im = 0;
  radii.nodes.forEach((rho, i) => {
    for (let k = 0; k < turns; k++) {
      const x = rho * Math.cos((2 * Math.PI * k) / turns);
      const y = rho * Math.sin((2 * Math.PI * k) / turns);
      const phase = path(x, y) + scale * (x * xUm + y * yUm);
      re += (2 * radii.weights[i]! * rho * Math.cos(phase)) / turns;
      im += (2 * radii.weights[i]! * rho * Math.sin(phase)) / turns;
    }
  });
  return re * re + im * im;
}

describe('PupilIntensity', () => {
  const flat = intensities({}, 0)[0]!;

  it.each([0, 0.4, -1.3])(
    'is the point-spread function of Gibson and Lanni without aberrations, at %d um',
    (stageUm) => {
      const plane = intensities({}, stageUm);
      const radii = Array.from({ length: 60 }, (_, i) => (i * FIELD.fieldUm[0]) / 160);
      gibsonLanni(OIL.system, radii, [stageUm]).forEach((value, i) => {
        expect(Math.abs(plane[i]! / flat - value / 0.25)).toBeLessThan(1e-4);
      });
    },
  );

  it('is the integral over the aberrated pupil, out of focus and in every direction', () => {
    const stageUm = 0.5;
    const aberrations = { astigmatism: 0.1, astigmatismAngleDeg: 45, coma: 0.08, spherical: 0.06 };
    const plane = intensities(aberrations, stageUm);
    const { numericalAperture, emissionUm } = OIL.system;
    // The polynomials as they stand in Noll's table, in x and y.
    const path = (x: number, y: number): number => {
      const square = x * x + y * y;
      const error =
        0.1 * Math.sqrt(6) * 2 * x * y +
        0.08 * Math.sqrt(8) * (3 * square - 2) * x +
        0.06 * Math.sqrt(5) * (6 * square * square - 6 * square + 1);
      const axial = Math.sqrt(1.515 ** 2 - numericalAperture ** 2 * square);
      return 2 * Math.PI * (error + (stageUm * axial) / emissionUm);
    };
    for (const [column, row] of [
      [0, 0],
      [3, 5],
      [-4, 2],
      [7, -6],
      [-9, -9],
    ] as const) {
      const at = ((row + 120) % 120) * 160 + ((column + 160) % 160);
      const place = [(column * 12) / 160, (row * 10) / 120] as const;
      expect(plane[at]! / flat).toBeCloseTo(integrated(path, place), 4);
    }
  });

  it.each<Aberrations>([
    { astigmatism: 0.05, astigmatismAngleDeg: 20 },
    { coma: 0.05, comaAngleDeg: 40 },
    { spherical: 0.05 },
    { secondarySpherical: -0.05 },
    { astigmatism: 0.03, spherical: 0.04 },
  ])('loses at the focus what the Strehl ratio of Marechal says: %o', (aberrations) => {
    const strehl = intensities(aberrations, 0)[0]! / flat;
    // All are of 0.05 waves together.
    expect(Math.abs(strehl / Math.exp(-((2 * Math.PI * 0.05) ** 2)) - 1)).toBeLessThan(0.001);
  });

  it('keeps all light in every plane, whatever the aberrations', () => {
    const whole = sumOf(intensities({}, 0));
    for (const stageUm of [0, 1]) {
      for (const aberrations of [{ coma: 0.1 }, { astigmatism: 0.2 }, { spherical: -0.1 }]) {
        expect(Math.abs(sumOf(intensities(aberrations, stageUm)) / whole - 1)).toBeLessThan(5e-4);
      }
    }
  });
});

describe('pupilTransfer', () => {
  it.each([
    ['63x', OIL, 0],
    ['63x, 2 um under oil', { ...OIL, system: { ...OIL.system, specimenIndex: 1.46 } }, 2],
    ['63x, voxels of the camera', { ...OIL, sampling: 'camera' as const }, 0],
    ['20x', DRY, 0],
  ] as const)(
    'images as the radial transfer function does without aberrations: %s',
    (_, options, depthUm) => {
      const radial = pointImages(options, null, depthUm);
      const pupil = pointImages(options, {}, depthUm);
      const peak = Math.max(...radial[2]!);
      let worst = 0;
      radial.forEach((image, z) => {
        image.forEach((value, i) => {
          worst = Math.max(worst, Math.abs(value - pupil[z]![i]!) / peak);
        });
      });
      expect(worst).toBeLessThan(0.003);
    },
  );

  it('draws a point out along the angle of astigmatism behind it, and across before it', () => {
    const images = pointImages(OIL, { astigmatism: 0.15 });
    const [before, , focus, , behind] = images.map((image) => spread(image, OIL));
    expect(behind![0] / behind![1]).toBeGreaterThan(2);
    expect(before![1] / before![0]).toBeGreaterThan(2);
    expect(focus![0] / focus![1]).toBeCloseTo(1, 2);
    const turned = pointImages(OIL, { astigmatism: 0.15, astigmatismAngleDeg: 45 });
    const [xx, yy, xy] = spread(turned[4]!, OIL);
    expect(xx / yy).toBeCloseTo(1, 2);
    expect(xy / xx).toBeGreaterThan(0.3);
  });

  it('gives coma a tail away from its angle', () => {
    const tail = (comaAngleDeg: number, axis: 0 | 1): number => {
      const image = pointImages(OIL, { coma: 0.1, comaAngleDeg })[2]!;
      const step = axis === 0 ? 1 : OIL.width;
      const middle = (OIL.height / 2) * OIL.width + OIL.width / 2;
      const beyond = (sign: number): number =>
        [4, 5, 6, 7, 8].reduce((sum, i) => sum + image[middle + sign * i * step]!, 0);
      return beyond(-1) / beyond(1);
    };
    expect(tail(0, 0)).toBeGreaterThan(3);
    expect(tail(90, 1)).toBeGreaterThan(3);
    expect(tail(180, 0)).toBeLessThan(1 / 3);
  });

  it('gives the same distances alone as among others', () => {
    const plan = imagingPlan(OIL);
    const options = { ...OIL, aberrations: { coma: 0.1 } };
    const all = pupilTransfer(plan, options);
    expect(pupilTransfer(plan, options, { from: 4, count: 3 })).toEqual(all.slice(4, 7));
  });

  it.each([
    { psf: { model: 'richards-wolf' as const } },
    { psf: { confocal: { pinholeAiry: 1, excitationUm: 0.488 } } },
  ])('refuses other light than scalar waves in wide field: %o', (psf) => {
    expect(() =>
      pupilTransfer(imagingPlan(OIL), { ...OIL, ...psf, aberrations: { coma: 0.1 } }),
    ).toThrow(RangeError);
  });
});
