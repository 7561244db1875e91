import { createRandom } from '#core/util/random';
import { objectiveDomain, type DomainObjective } from './objectiveDomain';
import type { SimulationOptions } from './SimulationOptions';
import type { TrainingVolumeSize } from './trainingDomain';
import { usualSpecimen, type SpecimenKind } from './usualSpecimen';

/**
 * Options of one training volume as careful work gives it: usual specimens of 0.4 to 2.5 times the usual
 * density, 120 to 3000 photons, a background of 1 to 8 %, and neither haze nor bleaching nor vignetting. The
 * optics vary as in `objectiveDomain`. What limits such stacks is not noise but what defocus hides.
 *
 * @param kinds specimens to choose from
 * @param seed the same seed gives the same volume
 */
export function clearDomain(
  kinds: readonly SpecimenKind[],
  objective: DomainObjective,
  seed: number,
  size: TrainingVolumeSize = {},
): SimulationOptions {
  const random = createRandom(seed + 6 * 2 ** 34);
  const kind = kinds[random.below(kinds.length)]!;
  return {
    ...objectiveDomain(kind === 'beads' ? 'beads' : 'filaments', objective, seed, size),
    specimen: usualSpecimen(kind, {
      density: random.logBetween(0.4, 2.5),
      diameterUm: random.logBetween(0.1, 0.4),
    }),
    light: { photons: random.logBetween(120, 3000), background: random.between(0.01, 0.08) },
  };
}
