import { describe, expect, it } from 'vitest';
import { fitSpecimen, type FittedSpecimen } from '#core/optics/fit/fitSpecimen';
import { specimenImage } from '#core/optics/fit/specimenImage';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { addedPlanes } from '#core/reconstruct/addedPlanes';
import {
  SpecimenInterpolator,
  type SpecimenWork,
} from '#core/reconstruct/specimen/SpecimenInterpolator';
import { spectralWork } from '#core/reconstruct/spectral/spectralWork';
import { defocusedStack, falling } from '#tests/helpers/defocusedStack';

const system: OpticalSystem = {
  ...{ numericalAperture: 1.4, immersionIndex: 1.515, specimenIndex: 1.515, emissionUm: 0.525 },
};
const FIELD = { width: 40, height: 36, pixelSizeUm: { x: 0.1, y: 0.1 }, system };
const FIT = { model: 'layers', steps: 4, reachAloneUm: 2 } as const;

type Work = SpecimenWork<OpticalSystem, FittedSpecimen>;

/** Counts what is asked for. */
function watched(): { work: Work; fits: number; wantedUm: number[] } {
  const seen = {
    fits: 0,
    wantedUm: [] as number[],
    work: {
      fitSpecimen(...[request, tell]: Parameters<Work['fitSpecimen']>) {
        seen.fits++;
        return fitSpecimen(request, tell);
      },
      specimenImage(request: { specimen: FittedSpecimen; zUm: number }) {
        seen.wantedUm.push(request.zUm);
        return specimenImage(request);
      },
    },
  };
  return seen;
}

function inputsAt(zUm: readonly number[], { width, height } = FIELD) {
  const { planes } = defocusedStack(width, height, zUm, 0);
  return planes.map((image, m) => ({ image, zUm: zUm[m]! }));
}

describe('SpecimenInterpolator', () => {
  it('is what the fitted specimen looks like', async () => {
    const inputs = inputsAt([0, 1.5]);
    const request = { ...FIELD, planes: inputs.map(({ image }) => image), zUm: [0, 1.5] };
    const specimen = fitSpecimen({ ...request, rangeUm: [0, 1.5], steps: 4 });
    const plane = await new SpecimenInterpolator(FIELD, FIT, watched().work).plane(inputs, 0.7);
    const wanted = specimenImage({ specimen, zUm: 0.7 });
    plane.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 4));
  });

  it('fits once for all heights and any order of the same planes', async () => {
    const counted = watched();
    const interpolator = new SpecimenInterpolator(FIELD, FIT, counted.work);
    const inputs = inputsAt([0, 1, 2]);
    for (const zUm of [0.3, 0.8, 1.7]) await interpolator.plane(inputs, zUm);
    await interpolator.plane(inputs.toReversed(), 1.2);
    expect(counted.fits).toBe(1);
    await interpolator.plane(inputs.slice(1), 1.2);
    expect(counted.fits).toBe(2);
  });

  it('takes the last height that inputs tell of beyond them', async () => {
    const counted = watched();
    const interpolator = new SpecimenInterpolator(FIELD, FIT, counted.work);
    await interpolator.plane(inputsAt([1, 2]), 7);
    await interpolator.plane(inputsAt([1]), 7);
    expect(counted.wantedUm).toEqual([2, 3]);
  });

  it('takes samples that are not finite as background, and keeps them in the input', async () => {
    const [input] = inputsAt([0]);
    input!.image[77] = NaN;
    const plane = await new SpecimenInterpolator(FIELD, FIT, watched().work).plane([input!], 0.5);
    expect(plane.every(Number.isFinite)).toBe(true);
    expect(input!.image[77]).toBeNaN();
  });

  it('tells how far the fit of all parts is, once', async () => {
    const field = { ...FIELD, width: 560, height: 12 };
    const interpolator = new SpecimenInterpolator(field, FIT, watched().work);
    const told: number[] = [];
    const inputs = inputsAt([0, 1.5], field);
    const plane = (zUm: number) =>
      interpolator.plane(inputs, zUm, undefined, (fraction) => told.push(fraction));
    await plane(0.5);
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    const { length } = told;
    await plane(0.9);
    expect(told.length).toBe(length);
  });

  it('has the optics told by the part with the most structure, and all others like it', async () => {
    const field = { ...FIELD, width: 1100, height: 12 };
    const seen: { width: number; like: FittedSpecimen | undefined; made: FittedSpecimen }[] = [];
    const { work } = watched();
    const interpolator = new SpecimenInterpolator(field, FIT, {
      ...work,
      fitSpecimen: ({ like, ...request }, tell) => {
        const made = fitSpecimen(request, tell);
        seen.push({ width: request.width, like, made });
        return made;
      },
    });
    const inputs = inputsAt([0, 1.5], field).map(({ image, zUm }) => ({
      image: image.map((value, i) => (i % 1100 > 400 && i % 1100 < 700 ? 9 * value : value)),
      zUm,
    }));
    await interpolator.plane(inputs, 0.7);
    expect(seen.length).toBe(3);
    // The middle part sees neighbours on both sides.
    expect(seen[0]!.width).toBeGreaterThan(seen[1]!.width);
    expect(seen[0]!.like).toBeUndefined();
    expect(seen.slice(1).map(({ like }) => like)).toEqual([seen[0]!.made, seen[0]!.made]);
  });

  it('tries again after a failure', async () => {
    let failures = 1;
    const { work } = watched();
    const interpolator = new SpecimenInterpolator(FIELD, FIT, {
      ...work,
      fitSpecimen: (request, tell) => {
        if (failures-- > 0) throw new RangeError('no memory');
        return work.fitSpecimen(request, tell);
      },
    });
    const inputs = inputsAt([0, 1]);
    await expect(interpolator.plane(inputs, 0.5)).rejects.toThrow('no memory');
    expect((await interpolator.plane(inputs, 0.5)).length).toBe(40 * 36);
  });

  it('joins the parts of a large field without a step', async () => {
    const field = { ...FIELD, width: 560, height: 12 };
    const interpolator = new SpecimenInterpolator(field, FIT, watched().work);
    const plane = await interpolator.plane(inputsAt([0, 1.5], field), 0.7);
    const steps = Array.from({ length: 559 }, (_, x) =>
      Math.abs(plane[6 * 560 + x + 1]! - plane[6 * 560 + x]!),
    );
    const atTheSeam = Math.max(...steps.slice(475, 550));
    expect(atTheSeam).toBeLessThan(1.2 * Math.max(...steps.slice(0, 475)));
    expect(plane.every(Number.isFinite)).toBe(true);
  });
});

describe('addedPlanes', () => {
  const work = { ...spectralWork, ...watched().work };
  const inputs = inputsAt([0, 2]);

  it('adds what the network was trained to see, at the target', async () => {
    const both = addedPlanes({ correlation: falling(), fits: [FIT] }, work);
    const planes = await both(inputs, 1, FIELD);
    expect(planes.map(({ zUm }) => zUm)).toEqual([1, 1]);
    const fitted = await new SpecimenInterpolator(FIELD, FIT, work).plane(inputs, 1);
    expect(planes[0]!.image).toEqual(fitted);
    expect(await addedPlanes({ correlation: null, fits: [] }, work)(inputs, 1, FIELD)).toEqual([]);
  });

  it('adds one plane for each fit, in their order, and tells how far all of them are', async () => {
    const fits = [FIT, { model: 'points', reachAloneUm: 2 }] as const;
    const told: number[] = [];
    const both = addedPlanes({ correlation: null, fits }, work);
    const planes = await both(inputs, 1, FIELD, undefined, (fraction) => told.push(fraction));
    for (const [i, fit] of fits.entries()) {
      const alone = await new SpecimenInterpolator(FIELD, fit, work).plane(inputs, 1);
      expect(planes[i]!.image).toEqual(alone);
    }
    expect(planes).toHaveLength(2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('fills surfaces from flat planes', async () => {
    const fit = addedPlanes({ correlation: null, fits: [FIT] }, work);
    const surface = new Float32Array(40 * 36).fill(1);
    const [flat] = await fit(inputs, 1, FIELD);
    const [filled] = await fit(inputs, surface, FIELD);
    filled!.image.forEach((value, i) => expect(value).toBeCloseTo(flat!.image[i]!, 4));
  });
});
