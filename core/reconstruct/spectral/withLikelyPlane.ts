import type { PlaneCorrelation } from '#core/image/PlaneCorrelation';
import type { LevelSize } from '#core/image/PlaneSource';
import { likelyPlane } from './likelyPlane';
import { SpectralInterpolator } from './SpectralInterpolator';
import { spectralWork, type SpectralWork } from './spectralWork';

type Heights = number | Float32Array<ArrayBuffer>;

/** One normalised plane, row-major (y, x), and where it lies in micrometres. */
interface Seen {
  readonly image: Float32Array<ArrayBuffer>;
  readonly zUm: Heights;
}

/**
 * Adds the plane of spectral interpolation to what a network sees of a target: as the last image, at the
 * target itself. Networks are trained with it and correct it; without a correlation nothing is added.
 *
 * @param work who computes it. @default the calling thread
 */
export function withLikelyPlane(
  correlation: PlaneCorrelation | null,
  work: SpectralWork = spectralWork,
): (
  inputs: readonly Seen[],
  targetUm: Heights,
  size: LevelSize,
  signal?: AbortSignal,
) => Promise<readonly Seen[]> {
  if (correlation === null) return (inputs) => Promise.resolve(inputs);
  const stepUm = correlation.reachUm / (correlation.values[0]!.length - 1);
  let latest: { readonly size: LevelSize; readonly interpolator: SpectralInterpolator } | null =
    null;
  return async (inputs, targetUm, size, signal) => {
    if (latest?.size.width !== size.width || latest.size.height !== size.height) {
      latest = { size, interpolator: new SpectralInterpolator(correlation, size, work) };
    }
    const { interpolator } = latest;
    const image = await likelyPlane({ interpolator, work, stepUm }, inputs, targetUm, signal);
    return [...inputs, { image, zUm: targetUm }];
  };
}
