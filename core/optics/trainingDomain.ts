import { createRandom } from '#core/util/random';
import type { Random } from '#core/util/random';
import type { NucleiOptions } from './nuclei';
import type { SimulationOptions } from './SimulationOptions';

/** Size of the volumes that the shipped models were trained on. */
export interface TrainingVolumeSize {
  /** @default 128 */
  readonly width?: number;
  /** @default 128 */
  readonly height?: number;
  /** @default 61 */
  readonly planes?: number;
}

/**
 * The simulation behind the nuclei models: options of one training volume, drawn from a domain that is
 * meant to be wider than what microscopes show, so that a network cannot learn one specimen by heart.
 *
 * Oil objectives of NA 1.3 to 1.45, pixels of 0.08 to 0.13 um, steps of 0.2 to 0.3 um, emission of
 * 0.45 to 0.62 um, 0 to 5 um deep in media from water to oil, nuclei of 0.5 to 5 um radius with
 * textures of several scales, few large or many small, round or flat, background of 0 to 40 % of
 * the signal, 60 to 600 photons, any gain.
 *
 * @param seed the same seed gives the same volume
 */
export function randomTrainingVolume(
  seed: number,
  size: TrainingVolumeSize = {},
): SimulationOptions {
  const { width = 128, height = 128, planes = 61 } = size;
  // The specimen takes the seed itself; a stream of its own keeps the two independent.
  const random = createRandom(seed + 2 ** 34);
  const pixelSizeUm = random.between(0.08, 0.13);
  const aberrated = random.uniform() < 0.7;
  const background = random.uniform() < 0.2 ? 0 : random.between(0, 0.4);
  const haze = random.uniform() < 0.5 ? 0 : random.between(0, 0.2);
  return {
    seed,
    width,
    height,
    planes,
    pixelSizeUm,
    zStepUm: random.between(0.2, 0.3),
    sampling: 'camera',
    system: {
      numericalAperture: random.between(1.3, 1.45),
      emissionUm: random.between(0.45, 0.62),
      immersionIndex: 1.515,
      specimenIndex: aberrated ? random.between(1.34, 1.5) : 1.515,
    },
    depthUm: aberrated ? random.between(0, 5) : 0,
    specimen: randomNuclei(random),
    light: {
      photons: random.logBetween(60, 600),
      background,
      haze,
      hazeRadiusUm: random.between(1.5, 5),
    },
    camera: {
      offset: random.between(50, 2000),
      gain: random.logBetween(1, 40),
      readNoiseElectrons: random.between(0.8, 3),
      bitDepth: 16,
    },
    // Half a field on every side: 128 pixels are computed on 256.
    marginUm: 0.499 * Math.min(width, height) * pixelSizeUm,
    zMarginUm: 4,
  };
}

/**
 * One training volume at the objective that the model is named for: 63x/1.4 oil, 0.1 um pixels,
 * 0.2 um steps. Specimen, depth, emission and camera vary as in `randomTrainingVolume`, but nuclei
 * are those of mammalian cells, exposures longer (120 to 1500 photons) and backgrounds darker, as
 * carefully taken stacks have them.
 *
 * @param seed the same seed gives the same volume
 */
export function namedObjectiveVolume(
  seed: number,
  size: TrainingVolumeSize = {},
): SimulationOptions {
  const wide = randomTrainingVolume(seed, size);
  if (wide.specimen.kind !== 'nuclei') return wide;
  const random = createRandom(seed + 2 ** 35);
  const pixelSizeUm = 0.1;
  return {
    ...wide,
    pixelSizeUm,
    zStepUm: 0.2,
    system: { ...wide.system, numericalAperture: 1.4 },
    specimen: {
      ...wide.specimen,
      radiusUm: random.between(1.8, 4.5),
      filling: random.between(0.05, 0.2),
    },
    light: {
      ...wide.light,
      photons: random.logBetween(120, 1500),
      background: random.between(0, 0.2),
    },
    marginUm: 0.499 * Math.min(wide.width, wide.height) * pixelSizeUm,
  };
}

/** Nuclei of any size, number, shape and texture that the nuclei models are trained on. */
export function randomNuclei(random: Random): NucleiOptions {
  const large = random.uniform() < 0.65;
  const radiusUm = large ? random.logBetween(2.2, 5) : random.logBetween(0.5, 2.2);
  const scales = [
    random.logBetween(0.15, 0.35),
    random.logBetween(0.35, 0.9),
    random.logBetween(0.9, 2.5),
  ];
  return {
    kind: 'nuclei',
    radiusUm,
    radiusSpread: random.between(1.05, 1.5),
    filling: large ? random.between(0.05, 0.35) : random.logBetween(0.02, 0.25),
    roundness: random.between(0.4, 0.95),
    flatness: large && random.uniform() < 0.5 ? random.between(0.4, 1) : 1,
    // Cells on a coverslip lie side by side; tissue has them at every depth.
    layerUm: random.uniform() < 0.4 ? random.between(0.5, 4) : undefined,
    texture: random.between(0.15, 0.9),
    textureScalesUm: random.uniform() < 0.3 ? scales.slice(1) : scales,
    foci: random.uniform() < 0.4 ? 0 : random.logBetween(1, 30) * Math.min(1, (radiusUm / 2) ** 2),
    nucleoli: random.uniform() < 0.2 ? 0 : random.between(1, 6),
    brightnessSpread: random.between(1, 1.8),
  };
}
