import type { PlaneCorrelation } from '#core/image/PlaneCorrelation';
import type { LevelSize } from '#core/image/PlaneSource';
import { latestOf } from '#core/util/latestOf';
import { tellMean } from '#core/util/tellMean';
import {
  SpecimenInterpolator,
  type SeenField,
  type SpecimenFit,
  type SpecimenWork,
} from './specimen/SpecimenInterpolator';
import { likelyPlane, type FlatInterpolator } from './spectral/likelyPlane';
import { SpectralInterpolator } from './spectral/SpectralInterpolator';
import type { SpectralWork } from './spectral/spectralWork';

type Heights = number | Float32Array<ArrayBuffer>;

/** One normalised plane, row-major (y, x), and where it lies in micrometres. */
interface Seen {
  readonly image: Float32Array<ArrayBuffer>;
  readonly zUm: Heights;
}

/** What a network was trained to see beside measured planes. */
export interface AddedPlanes {
  readonly correlation: PlaneCorrelation | null;
  readonly fits: readonly SpecimenFit[];
}

/** Surfaces are filled from planes of a fitted specimen this far apart, in micrometres. */
const SPECIMEN_STEP_UM = 0.2;

/**
 * Makes what a network sees of a target beside the measured planes: what fitted specimens look like there,
 * then what spectral interpolation finds there, both at the target itself. Networks are trained with them and
 * correct them.
 *
 * @param work who computes
 * @returns `tell` hears how far the fits of specimens are, 0 to 1, if there have to be some
 */
export function addedPlanes<Optics, Specimen>(
  { correlation, fits }: AddedPlanes,
  work: SpectralWork & SpecimenWork<Optics, Specimen>,
): (
  inputs: readonly Seen[],
  targetUm: Heights,
  field: SeenField<Optics>,
  signal?: AbortSignal,
  tell?: (fraction: number) => void,
) => Promise<readonly Seen[]> {
  const makers = [
    ...fits.map((fit) => fitted(fit, work)),
    ...(correlation ? [spectral(correlation, work)] : []),
  ];
  return (inputs, targetUm, field, signal, tell) => {
    const ofFits = tell && tellMean(fits.length, tell);
    return Promise.all(
      makers.map(async ({ stepUm, interpolatorOf }, i) => {
        const interpolator = interpolatorOf(field, ofFits?.[i]);
        const image = await likelyPlane({ interpolator, work, stepUm }, inputs, targetUm, signal);
        return { image, zUm: targetUm };
      }),
    );
  };
}

function spectral(correlation: PlaneCorrelation, work: SpectralWork) {
  const stepUm = correlation.reachUm / (correlation.values[0]!.length - 1);
  const interpolatorOf = latestOf(
    1,
    ({ width, height }: LevelSize): FlatInterpolator =>
      new SpectralInterpolator(correlation, { width, height }, work),
  );
  return { stepUm, interpolatorOf };
}

function fitted<Optics, Specimen>(fit: SpecimenFit, work: SpecimenWork<Optics, Specimen>) {
  const specimenOf = latestOf(
    1,
    (field: SeenField<Optics>) => new SpecimenInterpolator(field, fit, work),
  );
  const interpolatorOf = (
    field: SeenField<Optics>,
    tell?: (fraction: number) => void,
  ): FlatInterpolator => specimenOf(field).telling(tell);
  return { stepUm: SPECIMEN_STEP_UM, interpolatorOf };
}
