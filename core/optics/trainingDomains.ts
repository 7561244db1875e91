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

const clear =
  (kinds: readonly SpecimenKind[], objective: DomainObjective): TrainingDomain =>
  (seed, size) =>
    clearDomain(kinds, objective, seed, size);

const usual =
  (kinds: readonly SpecimenKind[], objective: DomainObjective): TrainingDomain =>
  (seed, size) =>
    usualDomain(kinds, objective, seed, size);

const THREADS = ['filaments', 'mitochondria', 'mixture'] as const;

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
  ['clear63', clear(THREADS, '63x')],
  ['clear20', clear(THREADS, '20x')],
  ['usual63', usual([...THREADS, 'nuclei', 'neurons'], '63x')],
  ['usual20', usual([...THREADS, 'nuclei', 'neurons'], '20x')],
  ['clearBeads63', clear(['beads'], '63x')],
  ['clearBeads20', clear(['beads'], '20x')],
]);
