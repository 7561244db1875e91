import type { PlaneCorrelation } from '#core/image/PlaneCorrelation';
import { likelyPlane } from './likelyPlane';
import { SpectralInterpolator } from './SpectralInterpolator';

type Heights = number | Float32Array<ArrayBuffer>;

/** One normalised plane, row-major (y, x), and where it lies in micrometres. */
interface Seen {
  readonly image: Float32Array<ArrayBuffer>;
  readonly zUm: Heights;
}

interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Adds the plane of spectral interpolation to what a network sees of a target: as the last image, at the
 * target itself. Networks are trained with it and correct it; without a correlation nothing is added.
 */
export function withLikelyPlane(
  correlation: PlaneCorrelation | null,
): (inputs: readonly Seen[], targetUm: Heights, size: PlaneSize) => readonly Seen[] {
  if (correlation === null) return (inputs) => inputs;
  const stepUm = correlation.reachUm / (correlation.values[0]!.length - 1);
  let latest: { readonly size: PlaneSize; readonly interpolator: SpectralInterpolator } | null =
    null;
  return (inputs, targetUm, size) => {
    if (latest?.size.width !== size.width || latest.size.height !== size.height) {
      latest = { size, interpolator: new SpectralInterpolator(correlation, size) };
    }
    const image = likelyPlane(latest.interpolator, inputs, targetUm, stepUm);
    return [...inputs, { image, zUm: targetUm }];
  };
}
