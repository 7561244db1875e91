import { clearDomain } from './clearDomain';
import type { DomainObjective, DomainSpecimen } from './objectiveDomain';
import { objectiveDomain } from './objectiveDomain';
import type { SimulationOptions } from './SimulationOptions';
import type { TrainingVolumeSize } from './trainingDomain';
import { namedObjectiveVolume, randomTrainingVolume } from './trainingDomain';
import { usualDomain } from './usualDomain';
import type { SpecimenKind } from './usualSpecimen';

/** Draws the options of one training volume; the same seed gives the same volume. */
export type TrainingDomain = (seed: number, size?: TrainingVolumeSize) => SimulationOptions;

const of =
  (specimen: DomainSpecimen, objective: DomainObjective): TrainingDomain =>
  (seed, size) =>
    objectiveDomain(specimen, objective, seed, size);

const drawn =
  (
    domain: typeof clearDomain,
    kinds: readonly SpecimenKind[],
    objective: DomainObjective,
  ): TrainingDomain =>
  (seed, size) =>
    domain(kinds, objective, seed, size);

const THREADS = ['filaments', 'mitochondria', 'mixture'] as const;
const THREADS_AND_BODIES = [...THREADS, 'nuclei', 'neurons'] as const;

/**
 * What models are trained and judged on, by name. "wide" and "named" are those of the first nuclei
 * model: the whole range, and the objective in its name alone; "clear" ones hold what is taken carefully, "usual" ones
 * what the objective in the name shows near the coverslip.
 */
export const TRAINING_DOMAINS: ReadonlyMap<string, TrainingDomain> = new Map<
  string,
  TrainingDomain
>([
  ['wide', randomTrainingVolume],
  ['named', namedObjectiveVolume],
  ['nuclei63', of('nuclei', '63x')],
  ['neurons63', of('neurons', '63x')],
  ['filaments63', of('filaments', '63x')],
  ['beads63', of('beads', '63x')],
  ['nuclei20', of('nuclei', '20x')],
  ['neurons20', of('neurons', '20x')],
  ['filaments20', of('filaments', '20x')],
  ['beads20', of('beads', '20x')],
  ['clear63', drawn(clearDomain, THREADS, '63x')],
  ['clear20', drawn(clearDomain, THREADS, '20x')],
  ['usual63', drawn(usualDomain, THREADS_AND_BODIES, '63x')],
  ['usual20', drawn(usualDomain, THREADS_AND_BODIES, '20x')],
  ['clearBeads63', drawn(clearDomain, ['beads'], '63x')],
  ['clearBeads20', drawn(clearDomain, ['beads'], '20x')],
]);
