import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import type { BeadsOptions } from './beads';
import type { FilamentsOptions } from './filaments';
import type { MitochondriaOptions } from './mitochondria';
import type { NeuronsOptions } from './neurons';
import { OBJECTIVES } from './objectives';
import type { SimulationOptions } from './SimulationOptions';
import type { SpecimenOptions } from './specimenOf';
import type { TrainingVolumeSize } from './trainingDomain';
import { randomNuclei } from './trainingDomain';

/** Objectives that training domains are made for. */
export type DomainObjective = '63x' | '20x';

/** Specimens that training domains are made of. */
export type DomainSpecimen = 'nuclei' | 'neurons' | 'filaments' | 'beads';

/** What a domain draws its optics from. */
interface ObjectiveRange {
  readonly numericalAperture: readonly [number, number];
  readonly immersionIndex: number;
  readonly workingDistanceUm: number;
  readonly pixelSizeUm: readonly [number, number];
  readonly zStepUm: readonly [number, number];
  readonly depthUm: number;
  readonly planes: number;
  readonly zMarginUm: number;
  readonly marginUm: number;
}

const RANGES: { readonly [name in DomainObjective]: ObjectiveRange } = {
  '63x': {
    numericalAperture: [1.3, 1.45],
    immersionIndex: OBJECTIVES.oil63.immersionIndex,
    workingDistanceUm: OBJECTIVES.oil63.workingDistanceUm,
    pixelSizeUm: [0.08, 0.13],
    zStepUm: [0.2, 0.3],
    depthUm: 5,
    planes: 61,
    zMarginUm: 4,
    marginUm: 6,
  },
  '20x': {
    numericalAperture: [0.7, 0.82],
    immersionIndex: OBJECTIVES.dry20.immersionIndex,
    workingDistanceUm: OBJECTIVES.dry20.workingDistanceUm,
    pixelSizeUm: [0.29, 0.36],
    zStepUm: [0.5, 1],
    depthUm: 30,
    planes: 41,
    zMarginUm: 8,
    marginUm: 16,
  },
};

/** A specimen between these two lets light pass as tissue and mounting media do. */
const SPECIMEN_INDEX = [1.33, 1.5] as const;

/**
 * Options of one training volume of a specimen through an objective, drawn from a domain that is meant to be
 * wider than what microscopes show, so that a network cannot learn one specimen by heart.
 *
 * 63x: NA 1.3 to 1.45, pixels of 0.08 to 0.13 um, steps of 0.2 to 0.3 um, 0 to 5 um deep. 20x: NA 0.7 to
 * 0.82 dry, pixels of 0.29 to 0.36 um, steps of 0.5 to 1 um, 0 to 30 um deep. Both: emission of 0.45 to
 * 0.65 um, media from water to oil, 60 to 1500 photons, background of 0 to 40 % of the signal, haze,
 * bleaching, vignetting, any gain.
 *
 * @param seed the same seed gives the same volume
 */
export function objectiveDomain(
  specimen: DomainSpecimen,
  objective: DomainObjective,
  seed: number,
  size: TrainingVolumeSize = {},
): SimulationOptions {
  const range = RANGES[objective];
  const { width = 128, height = 128, planes = range.planes } = size;
  // The specimen takes the seed itself; a stream of its own keeps the two independent.
  const random = createRandom(seed + 5 * 2 ** 34);
  const aberrated = random.uniform() < 0.75;
  return {
    seed,
    width,
    height,
    planes,
    pixelSizeUm: random.between(...range.pixelSizeUm),
    zStepUm: random.between(...range.zStepUm),
    system: {
      numericalAperture: random.between(...range.numericalAperture),
      emissionUm: random.between(0.45, 0.65),
      immersionIndex: range.immersionIndex,
      workingDistanceUm: range.workingDistanceUm,
      specimenIndex: aberrated ? random.between(...SPECIMEN_INDEX) : matchedIndex(objective),
    },
    depthUm: aberrated ? range.depthUm * random.uniform() : 0,
    specimen: SPECIMENS[specimen](random, objective === '63x' ? 1 : 1.7),
    light: randomLight(random, objective, specimen),
    camera: {
      offset: random.between(50, 2000),
      gain: random.logBetween(1, 40),
      readNoiseElectrons: random.between(0.8, 3),
      bitDepth: 16,
    },
    marginUm: range.marginUm,
    zMarginUm: range.zMarginUm,
  };
}

/** A specimen without aberration: oil under an oil objective, tissue right at the coverslip under a dry one. */
function matchedIndex(objective: DomainObjective): number {
  return objective === '63x' ? OBJECTIVES.oil63.immersionIndex : 1.38;
}

function randomLight(
  random: Random,
  objective: DomainObjective,
  specimen: DomainSpecimen,
): SimulationOptions['light'] {
  const clean = specimen === 'beads' ? 0.5 : 0.2;
  return {
    photons: random.logBetween(60, 1500),
    background: random.uniform() < clean ? random.between(0, 0.02) : random.between(0, 0.4),
    haze: random.uniform() < 0.5 ? 0 : random.between(0, 0.25),
    hazeRadiusUm: random.between(1.5, 5) * (objective === '63x' ? 1 : 3),
    bleaching: random.uniform() < 0.6 ? 0 : random.between(0, 0.25),
    vignetting: random.uniform() < 0.6 ? 0 : random.between(0, 0.2),
  };
}

/** Draws a specimen; `scale` widens everything for objectives that show more and resolve less. */
const SPECIMENS: {
  readonly [name in DomainSpecimen]: (random: Random, scale: number) => SpecimenOptions;
} = {
  nuclei: (random, scale) => {
    const drawn = randomNuclei(random);
    return scale === 1
      ? drawn
      : { ...drawn, radiusUm: random.logBetween(1.2, 6), filling: random.logBetween(0.01, 0.2) };
  },
  neurons: (random, scale) => randomNeurons(random, scale),
  filaments: (random, scale) => {
    const kind = random.uniform();
    if (kind < 0.55) return randomFilaments(random, scale);
    if (kind < 0.8) return randomMitochondria(random, scale);
    return randomMixture(random, scale);
  },
  beads: (random, scale) => randomBeads(random, scale),
};

function randomNeurons(random: Random, scale: number): NeuronsOptions {
  return {
    kind: 'neurons',
    bodyRadiusUm: random.logBetween(7, 28) * (scale > 1 ? 1.2 : 1),
    perHundredUm: random.logBetween(20, 300),
    somaRadiusUm: random.logBetween(0.8, 2.4),
    processRadiusUm: random.logBetween(0.08, 0.3),
    processes: random.between(0.3, 3),
    processDensity: random.logBetween(0.3, 1.5),
    nuclear: random.uniform() < 0.3 ? random.between(0.6, 1) : random.between(0, 0.4),
    brightnessSpread: random.between(1.2, 4),
    granules: random.uniform() < 0.3 ? 0 : random.logBetween(5, 150),
  };
}

function randomFilaments(random: Random, scale: number): FilamentsOptions {
  return {
    kind: 'filaments',
    lengthPerUm3: random.logBetween(0.02, 0.8) / scale ** 2,
    lengthUm: random.logBetween(5, 30) * scale,
    persistenceUm: random.logBetween(3, 100) * scale,
    radiusUm: random.logBetween(0.02, 0.12),
    radiating: random.uniform() < 0.4 ? 0 : random.uniform(),
    flatness: random.between(0.05, 1),
    layerUm: random.uniform() < 0.5 ? random.between(0.5, 4) * scale : undefined,
    patchiness: random.between(0, 0.7),
    brightnessSpread: random.between(1, 4),
  };
}

function randomMitochondria(random: Random, scale: number): MitochondriaOptions {
  return {
    kind: 'mitochondria',
    lengthPerUm3: random.logBetween(0.01, 0.2) / scale ** 2,
    lengthUm: random.logBetween(1, 12),
    radiusUm: random.logBetween(0.12, 0.5),
    persistenceUm: random.logBetween(1.5, 12),
    branching: random.between(0, 0.8),
    hollow: random.uniform() < 0.6 ? 0 : random.between(0.4, 0.8),
    layerUm: random.uniform() < 0.5 ? random.between(0.5, 4) : undefined,
    brightnessSpread: random.between(1, 3),
  };
}

/** Threads, tubes and round things in one field. */
function randomMixture(random: Random, scale: number): SpecimenOptions {
  return {
    kind: 'mixture',
    parts: [
      { specimen: randomFilaments(random, scale), weight: random.logBetween(10, 60) },
      { specimen: randomMitochondria(random, scale), weight: random.logBetween(0.3, 2) },
      { specimen: randomBeads(random, scale), weight: random.logBetween(0.01, 0.2) },
    ],
  };
}

function randomBeads(random: Random, scale: number): BeadsOptions {
  return {
    kind: 'beads',
    diameterUm: random.uniform() < 0.7 ? random.logBetween(0.05, 0.35) : random.logBetween(0.35, 1),
    diameterSpread: random.uniform() < 0.6 ? 1.05 : random.between(1.05, 2),
    perThousandUm3: random.logBetween(0.8, 40) / scale ** 3,
    brightnessSpread: random.between(1, 2.5),
    clumping: random.uniform() < 0.5 ? 0.02 : random.between(0, 0.3),
  };
}
