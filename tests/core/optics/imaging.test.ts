import { bestFocus } from '#core/optics/bestFocus';
import { gaussLegendre } from '#core/optics/gaussLegendre';
import { gibsonLanni } from '#core/optics/gibsonLanni';
import { imageSpectra } from '#core/optics/imageSpectra';
import { imagingPlan, type ImagingOptions } from '#core/optics/ImagingPlan';
import { renderedPlanes } from '#core/optics/renderedPlanes';
import type { Specimen } from '#core/optics/Specimen';
import { specimenSpectra } from '#core/optics/specimenSpectra';
import { splatPoint } from '#core/optics/splatPoint';
import { stackTransfer } from '#core/optics/stackTransfer';
import { describe, expect, it } from 'vitest';

const OIL: ImagingOptions = {
  width: 24,
  height: 20,
  planes: 5,
  pixelSizeUm: 0.1,
  zStepUm: 0.25,
  system: { numericalAperture: 1.4, emissionUm: 0.525, immersionIndex: 1.515, specimenIndex: 1.4 },
  marginUm: 14,
  zMarginUm: 1,
};

const DRY: ImagingOptions = {
  ...OIL,
  pixelSizeUm: 0.325,
  zStepUm: 0.8,
  system: { numericalAperture: 0.75, emissionUm: 0.525, immersionIndex: 1, specimenIndex: 1.33 },
  marginUm: 25,
  zMarginUm: 4,
};

const DEPTH_UM = 2;

/** Images any specimen; `shift` moves the picture of every plane, in pixels. */
function render(
  options: ImagingOptions,
  specimen: Specimen,
  shift?: readonly [number, number],
): Float32Array[] {
  const plan = imagingPlan(options);
  const spectra = specimenSpectra(plan, specimen, 0, plan.specimenGrid.planes);
  const transfer = stackTransfer(plan, { ...options, depthUm: DEPTH_UM });
  const band = { from: 0, to: plan.layout.length, spectra };
  const images = imageSpectra(plan, transfer, band);
  return renderedPlanes(
    plan,
    images.map((values) => (shift ? { values, shift } : { values })),
  );
}

/** A point of light away from the middle pixel (x, y, in pixels) and plane (in planes). */
function pointAt(options: ImagingOptions, offset: readonly [number, number, number]): Specimen {
  const { cameraGrid } = imagingPlan(options);
  const [originX, originY, originZ] = cameraGrid.originUm;
  const place = [
    originX + (options.width / 2 + offset[0]) * options.pixelSizeUm,
    originY + (options.height / 2 + offset[1]) * options.pixelSizeUm,
    originZ + ((options.planes - 1) / 2 + offset[2]) * options.zStepUm,
  ] as const;
  return { paint: (planes, grid) => splatPoint(planes, grid, place, 1) };
}

/** The share of a point's light in every pixel, by integrating the point-spread function over them. */
function expectedImage(
  options: ImagingOptions,
  offset: readonly [number, number, number],
  plane: number,
): Float64Array {
  const { system, width, height, pixelSizeUm, zStepUm } = options;
  const depth = (options.planes - 1) / 2 + offset[2] - plane;
  const stageUm = [bestFocus(system, DEPTH_UM) + depth * zStepUm];
  const rings = gaussLegendre(900, 0, 40);
  const profile = gibsonLanni(system, rings.nodes, stageUm, { depthUm: DEPTH_UM });
  const energy = rings.nodes.reduce(
    (sum, r, i) => sum + 2 * Math.PI * r * rings.weights[i]! * profile[i]!,
    0,
  );
  const { nodes, weights } = gaussLegendre(4, -0.5, 0.5);
  const image = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const radii: number[] = [];
    for (let x = 0; x < width; x++) {
      for (const v of nodes) {
        for (const u of nodes) {
          const dx = x + u - width / 2 - offset[0];
          const dy = y + v - height / 2 - offset[1];
          radii.push(pixelSizeUm * Math.hypot(dx, dy));
        }
      }
    }
    const values = gibsonLanni(system, radii, stageUm, { depthUm: DEPTH_UM });
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < 16; i++) {
        sum += weights[i % 4]! * weights[Math.floor(i / 4)]! * values[16 * x + i]!;
      }
      image[y * width + x] = (sum * pixelSizeUm ** 2) / energy;
    }
  }
  return image;
}

describe('imaging', () => {
  it.each([
    ['63x, on a voxel', OIL, [0, 0, 0]],
    ['63x, between voxels', OIL, [0.37, -0.21, 0.45]],
    ['20x, coarser than its optics', DRY, [0, 0, 0]],
    ['20x, between voxels', DRY, [-0.48, 0.26, 0.31]],
  ] as const)(
    'shows a point as its point-spread function where it is: %s',
    (_, options, offset) => {
      const images = render(options, pointAt(options, offset));
      const middle = expectedImage(options, offset, 2);
      const peak = Math.max(...middle);
      for (const z of [0, 2, 4]) {
        const expected = expectedImage(options, offset, z);
        let worst = 0;
        for (let i = 0; i < expected.length; i++) {
          worst = Math.max(worst, Math.abs(images[z]![i]! - expected[i]!) / peak);
        }
        expect(worst).toBeLessThan(0.006);
      }
    },
  );

  it('sees deeper light on the right side of focus', () => {
    const images = render(OIL, pointAt(OIL, [0, 0, 0]));
    const peaks = images.map((image) => Math.max(...image));
    expect(peaks[2]).toBe(Math.max(...peaks));
    // Oil over water spreads light more on one side of focus than on the other.
    expect(Math.abs(peaks[0]! / peaks[4]! - 1)).toBeGreaterThan(0.05);
  });

  it('loses no light from plane to plane', () => {
    const whole = { ...OIL, width: 128, height: 128, marginUm: 0 };
    for (const image of render(whole, pointAt(whole, [0.3, 0.4, 0.2]))) {
      expect(image.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    }
  });

  it.each(['camera', 'optics'] as const)(
    'moves a picture by parts of a pixel (%s voxels)',
    (sampling) => {
      const options = { ...OIL, sampling };
      const moved = render(options, pointAt(options, [0, 0, 0]), [3, -2]);
      const still = render(options, pointAt(options, [0, 0, 0]));
      const halves = render(options, pointAt(options, [0, 0, 0]), [0.5, 0.5]);
      const peak = Math.max(...still[2]!);
      const at = (image: Float32Array, x: number, y: number): number => image[y * OIL.width + x]!;
      for (let y = 4; y < 16; y++) {
        for (let x = 4; x < 20; x++) {
          expect(Math.abs(at(moved[2]!, x, y) - at(still[2]!, x - 3, y + 2))).toBeLessThan(
            1e-5 * peak,
          );
        }
      }
      // Half a pixel to larger x and y: the four pixels around the corner are equally bright.
      const four = [
        at(halves[2]!, 12, 10),
        at(halves[2]!, 13, 10),
        at(halves[2]!, 12, 11),
        at(halves[2]!, 13, 11),
      ];
      for (const value of four) expect(Math.abs(value / four[0]! - 1)).toBeLessThan(0.01);
    },
  );

  it('lets no light wrap around from one border of the field to the other', () => {
    const edge = render(OIL, pointAt(OIL, [-OIL.width / 2, 0, 0]))[2]!;
    const row = edge.subarray(10 * 24, 11 * 24);
    expect(row[23]! / row[0]!).toBeLessThan(1e-3);
  });

  it.each([{ width: 0 }, { planes: 1.5 }, { height: NaN }, { pixelSizeUm: 0 }, { zStepUm: -1 }])(
    'refuses %o',
    (change) => {
      expect(() => imagingPlan({ ...OIL, ...change })).toThrow(RangeError);
    },
  );
});
