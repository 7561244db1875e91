import { OBJECTIVES } from '#core/optics/objectives';

/** What rdf.yaml says of a package that neither its graph nor its task does. */
export interface PackageFacts {
  readonly title: string;
  /** What it makes of what, behind "Reconstructs ". */
  readonly purpose: string;
  readonly objective: keyof typeof OBJECTIVES;
  readonly pixelRangeUm: { readonly min: number; readonly max: number };
  /** One of `TRAINING_TASKS`. */
  readonly task: string;
  /** What it was trained on, most typical first. */
  readonly specimens: readonly string[];
  readonly trainedOn: string;
}

const OIL_63X = { objective: 'oil63', pixelRangeUm: { min: 0.08, max: 0.13 } } as const;
const DRY_20X = { objective: 'dry20', pixelRangeUm: { min: 0.29, max: 0.36 } } as const;
const OIL_RANGE =
  'NA 1.3 to 1.45, pixels of 0.08 to 0.13 um, steps of 0.2 to 0.3 um, 0 to 5 um deep, 60 to 1500 photons, background of 0 to 40 %';
const DRY_RANGE =
  'NA 0.7 to 0.82, pixels of 0.29 to 0.36 um, steps of 0.5 to 1 um, 0 to 30 um deep, 60 to 1500 photons, background of 0 to 40 %';
const ALL = ['nuclei', 'neurons', 'filaments'] as const;

/** The packages that ship, by the name of their folder. */
export const PACKAGES: ReadonlyMap<string, PackageFacts> = new Map<string, PackageFacts>([
  [
    'recurrent-mz-63x',
    {
      ...OIL_63X,
      title: 'Recurrent-MZ 63x oil',
      purpose:
        'wide-field planes of nuclei, neurons and filaments from one to three measured planes',
      task: 'recurrent-mz-63x',
      specimens: ALL,
      trainedOn: `Simulated nuclei, neurons, filaments and mitochondria: ${OIL_RANGE}.`,
    },
  ],
  [
    'recurrent-mz-beads-63x',
    {
      ...OIL_63X,
      title: 'Recurrent-MZ beads 63x oil',
      purpose: 'wide-field planes of fluorescent beads from one to three measured planes',
      task: 'recurrent-mz-beads-63x',
      specimens: ['beads'],
      trainedOn: `Simulated beads of 50 nm to 1 um: ${OIL_RANGE}.`,
    },
  ],
  [
    'recurrent-mz-20x',
    {
      ...DRY_20X,
      title: 'Recurrent-MZ 20x dry',
      purpose:
        'wide-field planes of nuclei, neurons and filaments from one to three measured planes',
      task: 'recurrent-mz-20x',
      specimens: ALL,
      trainedOn: `Simulated nuclei, neurons, filaments and mitochondria: ${DRY_RANGE}.`,
    },
  ],
  [
    'recurrent-mz-beads-20x',
    {
      ...DRY_20X,
      title: 'Recurrent-MZ beads 20x dry',
      purpose: 'wide-field planes of fluorescent beads from one to three measured planes',
      task: 'recurrent-mz-beads-20x',
      specimens: ['beads'],
      trainedOn: `Simulated beads of 50 nm to 1 um: ${DRY_RANGE}.`,
    },
  ],
  [
    'deep-z-63x',
    {
      ...OIL_63X,
      title: 'Deep-Z 63x oil',
      purpose: 'wide-field planes of nuclei, neurons and filaments from a single measured plane',
      task: 'deep-z-63x',
      specimens: ALL,
      trainedOn: `Simulated nuclei, neurons, filaments and mitochondria: ${OIL_RANGE}.`,
    },
  ],
  [
    'deep-z-20x',
    {
      ...DRY_20X,
      title: 'Deep-Z 20x dry',
      purpose: 'wide-field planes of nuclei, neurons and filaments from a single measured plane',
      task: 'deep-z-20x',
      specimens: ALL,
      trainedOn: `Simulated nuclei, neurons, filaments and mitochondria: ${DRY_RANGE}.`,
    },
  ],
  [
    'unet-3d-63x',
    {
      ...OIL_63X,
      title: '3D U-Net 63x oil',
      purpose:
        'wide-field planes of nuclei, neurons and filaments from one to three measured planes, to compare Recurrent-MZ with',
      task: 'unet-3d-63x',
      specimens: ALL,
      trainedOn: `Simulated nuclei, neurons, filaments and mitochondria: ${OIL_RANGE}.`,
    },
  ],
]);
