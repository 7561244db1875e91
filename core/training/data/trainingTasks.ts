import type { TrainingTask } from './TrainingTask';

/** Ours: three inputs mostly, so that two and one are learned too; in any order, so that none is better. */
const RECURRENT = {
  inputCounts: [
    { count: 3, odds: 0.7 },
    { count: 2, odds: 0.2 },
    { count: 1, odds: 0.1 },
  ],
  nearestLast: 0,
  cropPx: 96,
  batchSize: 6,
  gain: 1.35,
  shift: 0.05,
} as const;

/** Networks that see fitted specimens, too. */
const SCENES = { scenesPerVolume: 3, targetsPerScene: 6 } as const;
const LAYERS = { model: 'layers', steps: 28 } as const;
const GRAINS = { model: 'grains', steps: 48 } as const;
const POINTS = { model: 'points' } as const;
const ONLY_GRAINS = { fitted: { ...SCENES, fits: [GRAINS] } } as const;
const BALLS = { fitted: { ...SCENES, fits: [POINTS] } } as const;
/** Balls come last, as what is trusted at first. */
const BALLS_AND_LAYERS = { fitted: { ...SCENES, fits: [LAYERS, POINTS] } } as const;

const ALONE = { ...RECURRENT, inputCounts: [{ count: 1, odds: 1 }] } as const;
const OIL_63X = { spacingUm: [1.6, 4.4], beyondUm: 0.5, beyondAloneUm: 2.2 } as const;
const BEADS_63X = { spacingUm: [0.6, 3.2], beyondUm: 0.5, beyondAloneUm: 2.2 } as const;
const DRY_20X = { spacingUm: [5, 12], beyondUm: 1.5, beyondAloneUm: 8 } as const;
const BEADS_20X = { spacingUm: [2, 10], beyondUm: 1.5, beyondAloneUm: 8 } as const;

/**
 * What networks are trained to do, by name: Recurrent-MZ (one to three inputs) and Deep-Z (one) for the
 * depths of focus of a 63x oil and a 20x dry objective, and the tasks of the papers, whose crops are 256 pixels:
 * three planes up to 6 um apart, and refocusing by up to 10 um. Beads are small and dim away from focus, so
 * that their inputs lie closer.
 *
 * @see Huang L. et al., Light: Science and Applications 10, 2021, doi:10.1038/s41377-021-00506-9
 * @see Wu Y. et al., Nature Methods 16, 2019, doi:10.1038/s41592-019-0622-5
 */
export const TRAINING_TASKS: ReadonlyMap<string, TrainingTask> = new Map<string, TrainingTask>([
  ['recurrent-mz-63x', { ...RECURRENT, ...OIL_63X, correlationUm: 10, ...ONLY_GRAINS }],
  ['recurrent-mz-20x', { ...RECURRENT, ...DRY_20X, correlationUm: 26, ...ONLY_GRAINS }],
  ['unet-3d-63x', { ...RECURRENT, ...OIL_63X, correlationUm: 10 }],
  ['recurrent-mz-beads-63x', { ...RECURRENT, ...BEADS_63X, ...BALLS_AND_LAYERS }],
  ['recurrent-mz-beads-20x', { ...RECURRENT, ...BEADS_20X, ...BALLS }],
  ['deep-z-63x', { ...ALONE, ...OIL_63X }],
  ['deep-z-20x', { ...ALONE, ...DRY_20X }],
  [
    'recurrent-mz-paper',
    {
      inputCounts: [{ count: 3, odds: 1 }],
      spacingUm: [1, 6],
      beyondUm: 0,
      beyondAloneUm: 0,
      nearestLast: 0,
      cropPx: 256,
      batchSize: 3,
    },
  ],
  [
    'deep-z-paper',
    {
      inputCounts: [{ count: 1, odds: 1 }],
      spacingUm: [0, 0],
      beyondUm: 0,
      beyondAloneUm: 10,
      nearestLast: 0,
      cropPx: 256,
      batchSize: 20,
    },
  ],
]);
