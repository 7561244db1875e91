import { bestFocus } from '#core/optics/bestFocus';
import { gibsonLanni } from '#core/optics/gibsonLanni';
import { imageByDepth } from '#core/optics/imageByDepth';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { radialRaster, rasterisePsf } from '#core/optics/rasterisePsf';
import { widefieldOtf } from '#core/optics/widefieldOtf';
import { createRandom } from '#core/util/random';
import { describe, expect, it } from 'vitest';

const SYSTEM: OpticalSystem = {
  numericalAperture: 1.4,
  emissionUm: 0.525,
  immersionIndex: 1.515,
  specimenIndex: 1.4,
};
const DEPTH_UM = 2;
const PIXEL_UM = 0.1;
const STEP_UM = 0.25;

/** The image of one bright voxel in the middle plane. */
function imageOfPoint(side: number, reachPlanes: number): Float32Array[] {
  const otf = widefieldOtf({
    system: SYSTEM,
    depthUm: DEPTH_UM,
    width: side,
    height: side,
    pixelSizeUm: PIXEL_UM,
    zStepUm: STEP_UM,
    reachPlanes: 2 * reachPlanes,
  });
  const specimen = Array.from({ length: 2 * reachPlanes + 1 }, () => new Float32Array(side * side));
  specimen[reachPlanes]![0] = 1;
  return imageByDepth({ specimen, otf, firstPlane: 0, planeCount: 2 * reachPlanes + 1 });
}

describe('imageByDepth', () => {
  it('equals the direct sum over all voxels on a small oblong grid', () => {
    const [width, height, count, reach] = [16, 8, 3, 2];
    const options = { system: SYSTEM, width, height, pixelSizeUm: PIXEL_UM, zStepUm: STEP_UM };
    const otf = widefieldOtf({ ...options, depthUm: DEPTH_UM, reachPlanes: reach });
    const random = createRandom(1);
    const specimen = Array.from({ length: count }, () =>
      Float32Array.from({ length: width * height }, () => random.uniform()),
    );
    const psf = Array.from({ length: 2 * reach + 1 }, () => new Float32Array(width * height));
    const point = Array.from({ length: 2 * reach + 1 }, () => new Float32Array(width * height));
    point[reach]![0] = 1;
    const wide = widefieldOtf({ ...options, depthUm: DEPTH_UM, reachPlanes: 2 * reach });
    imageByDepth({ specimen: point, otf: wide, firstPlane: 0, planeCount: 2 * reach + 1 }).forEach(
      // The image z planes above the point sees it z planes deeper.
      (plane, z) => psf[2 * reach - z]!.set(plane),
    );
    const images = imageByDepth({ specimen, otf, firstPlane: 0, planeCount: count });
    for (let z = 0; z < count; z++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          let sum = 0;
          for (let sz = 0; sz < count; sz++) {
            for (let sy = 0; sy < height; sy++) {
              for (let sx = 0; sx < width; sx++) {
                const dx = (x - sx + width) % width;
                const dy = (y - sy + height) % height;
                sum += specimen[sz]![sy * width + sx]! * psf[sz - z + reach]![dy * width + dx]!;
              }
            }
          }
          expect(images[z]![y * width + x]).toBeCloseTo(sum, 4);
        }
      }
    }
  });

  it('images a point as the point-spread function, deeper light on the right side of focus', () => {
    const side = 64;
    const reach = 3;
    const images = imageOfPoint(side, reach);
    const radiusStepUm = 0.005;
    const radiusCount = 1200;
    const focusUm = bestFocus(SYSTEM, DEPTH_UM);
    const rUm = Array.from({ length: radiusCount }, (_, i) => i * radiusStepUm);
    const raster = radialRaster(side, side, PIXEL_UM, radiusStepUm);
    for (let z = 0; z < images.length; z++) {
      // Imaged plane z lies above the point by reach - z: the point is that much deeper.
      const stageUm = [focusUm + (reach - z) * STEP_UM];
      const intensities = gibsonLanni(SYSTEM, rUm, stageUm, { depthUm: DEPTH_UM });
      const expected = new Float64Array(side * side);
      rasterisePsf(raster, { intensities, radiusCount, radiusStepUm }, 0, expected);
      const peak = Math.max(...expected);
      for (let i = 0; i < expected.length; i++) {
        expect(Math.abs(images[z]![i]! - expected[i]!)).toBeLessThan(0.002 * peak);
      }
    }
    expect(images[reach]![0]).toBe(Math.max(...images.map((image) => image[0]!)));
  });

  it('keeps the light of every plane', () => {
    for (const image of imageOfPoint(32, 4)) {
      expect(image.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
  });

  it('lets no light wrap around from one border of the field to the other', () => {
    const [grid, field] = [128, 64];
    const otf = widefieldOtf({
      system: SYSTEM,
      width: grid,
      height: grid,
      pixelSizeUm: PIXEL_UM,
      zStepUm: STEP_UM,
      reachPlanes: 1,
    });
    const left = (grid - field) / 2;
    const specimen = [new Float32Array(grid * grid)];
    specimen[0]![(grid / 2) * grid + left] = 1;
    const [image] = imageByDepth({ specimen, otf, firstPlane: 0, planeCount: 1 });
    const row = image!.subarray((grid / 2) * grid + left, (grid / 2) * grid + left + field);
    expect(row[field - 1]! / row[0]!).toBeLessThan(1e-4);
  });

  it('refuses transfer functions that do not reach far enough', () => {
    const otf = widefieldOtf({
      system: SYSTEM,
      width: 4,
      height: 4,
      pixelSizeUm: PIXEL_UM,
      zStepUm: STEP_UM,
      reachPlanes: 1,
    });
    const specimen = Array.from({ length: 3 }, () => new Float32Array(16));
    expect(() => imageByDepth({ specimen, otf, firstPlane: 0, planeCount: 3 })).toThrow(RangeError);
  });
});

describe('rasterisePsf', () => {
  it('integrates over pixels: a coarse pixel is the mean of the fine ones it covers', () => {
    const sigmaUm = 0.2;
    const radiusStepUm = 0.01;
    const radiusCount = 400;
    const intensities = Float64Array.from({ length: radiusCount }, (_, i) =>
      Math.exp(-((i * radiusStepUm) ** 2) / (2 * sigmaUm ** 2)),
    );
    const table = { intensities, radiusCount, radiusStepUm };
    const draw = (side: number, pixelUm: number): Float64Array => {
      const plane = new Float64Array(side * side);
      rasterisePsf(radialRaster(side, side, pixelUm, radiusStepUm), table, 0, plane);
      return plane;
    };
    const coarse = draw(8, 0.3);
    const fine = draw(40, 0.06);
    const at = (x: number, y: number): number => fine[((y + 40) % 40) * 40 + ((x + 40) % 40)]!;
    for (let x = 0; x < 3; x++) {
      let sum = 0;
      for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) sum += at(5 * x + dx, dy);
      expect(coarse[x]).toBeCloseTo(sum, 4);
    }
  });
});
