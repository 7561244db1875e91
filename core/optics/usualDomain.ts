import { createRandom } from '#core/util/random';
import { objectiveDomain, type DomainObjective } from './objectiveDomain';
import { OBJECTIVES } from './objectives';
import type { SimulationOptions } from './SimulationOptions';
import type { TrainingVolumeSize } from './trainingDomain';
import { usualSpecimen, type SpecimenKind } from './usualSpecimen';

/** Two limits for each objective. */
type Ranges = { readonly [name in DomainObjective]: readonly [number, number] };

const NAMED = { '63x': OBJECTIVES.oil63, '20x': OBJECTIVES.dry20 } as const;

/** How deep specimens lie in mounting medium or tissue, and the index of that. */
const DEPTH_UM: Ranges = { '63x': [0, 2], '20x': [0, 10] };
const INDEX: Ranges = { '63x': [1.43, 1.515], '20x': [1.34, 1.38] };

/**
 * Options of one training volume as a microscope in good order gives it without much ado: usual specimens of half to
 * twice the usual density, seen through the objective that models are named for, near the coverslip, with 120 to 1000
 * photons and a background of 2 to 12 %.
 *
 * @param kinds specimens to choose from
 * @param seed the same seed gives the same volume
 */
export function usualDomain(
  kinds: readonly SpecimenKind[],
  objective: DomainObjective,
  seed: number,
  size: TrainingVolumeSize = {},
): SimulationOptions {
  const random = createRandom(seed + 7 * 2 ** 34);
  const kind = kinds[random.below(kinds.length)]!;
  const { numericalAperture, pixelSizeUm, zStepUm } = NAMED[objective];
  const { system, ...options } = objectiveDomain('filaments', objective, seed, size);
  return {
    ...options,
    pixelSizeUm: pixelSizeUm * random.between(0.9, 1.1),
    zStepUm: zStepUm * random.between(0.9, 1.1),
    system: { ...system, numericalAperture, specimenIndex: random.between(...INDEX[objective]) },
    depthUm: random.between(...DEPTH_UM[objective]),
    specimen: usualSpecimen(kind, { density: random.logBetween(0.5, 2) }),
    light: { photons: random.logBetween(120, 1000), background: random.between(0.02, 0.12) },
  };
}
