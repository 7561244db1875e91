import { MARGIN_PX } from '#core/image/PlaneCorrelation';
import { MirroredField } from '#core/util/fourier/MirroredField';
import { latestOf } from '#core/util/latestOf';

/** Transforms of planes of one size, in pixels, for spectral interpolation; kept until another size comes. */
export const spectralField = latestOf(
  1,
  (size: { readonly width: number; readonly height: number }) =>
    new MirroredField(size, { marginPx: MARGIN_PX }),
);
