import { Fourier2d } from '#core/util/Fourier2d';
import type { OpticalSystem } from './OpticalSystem';
import { bestFocus } from './bestFocus';
import { gibsonLanni } from './gibsonLanni';
import { radialRaster, rasterisePsf } from './rasterisePsf';

/** Radial samples per smallest period of the intensity, enough for cubic interpolation. */
const SAMPLES_PER_PERIOD = 12;

/** Optics and grid of a set of transfer functions. */
export interface WidefieldOtfOptions {
  readonly system: OpticalSystem;
  /** Mean depth of the specimen below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
  /** Grid of the planes; powers of two. */
  readonly width: number;
  readonly height: number;
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
  /** Largest distance between an emitting and an imaged plane, in planes. */
  readonly reachPlanes: number;
  readonly signal?: AbortSignal;
}

/**
 * Optical transfer functions by defocus. They depend on the optics and the grid alone,
 * so many specimens can share them.
 */
export interface WidefieldOtf {
  readonly width: number;
  readonly height: number;
  readonly reachPlanes: number;
  /**
   * The real half spectrum, row-major (fx, fy), for light from `offset` planes deeper than the
   * imaged one (negative: nearer to the coverslip); 1 at frequency 0.
   */
  at(offset: number): Float32Array;
}

/**
 * Transfer functions of a wide-field microscope for every plane distance of a stack.
 *
 * The Gibson-Lanni intensity of an emitter at the specimen's mean depth, taken about its own best
 * focus, is drawn on the grid with pixel integration and unit sum in each plane, then transformed.
 * Light that leaves the grid on one side comes in on the other: the specimen counts as continued
 * periodically, and no energy is lost.
 *
 * @throws RangeError when the grid or the optics make no sense
 */
export function widefieldOtf(options: WidefieldOtfOptions): WidefieldOtf {
  const { system, depthUm = 0, width, height, pixelSizeUm, zStepUm, reachPlanes, signal } = options;
  const fourier = new Fourier2d(width, height);
  const planeCount = 2 * reachPlanes + 1;
  const radiusStepUm = system.emissionUm / (2 * system.numericalAperture * SAMPLES_PER_PERIOD);
  const cornerUm = pixelSizeUm * Math.hypot(width / 2 + 1, height / 2 + 1);
  const radiusCount = Math.ceil(cornerUm / radiusStepUm) + 4;
  const focusUm = bestFocus(system, depthUm);
  const intensities = gibsonLanni(
    system,
    Float64Array.from({ length: radiusCount }, (_, i) => i * radiusStepUm),
    // Deeper light comes into focus when the stage moves towards the objective.
    Float64Array.from({ length: planeCount }, (_, i) => focusUm + (i - reachPlanes) * zStepUm),
    { depthUm },
  );
  const table = { intensities, radiusCount, radiusStepUm };
  const raster = radialRaster(width, height, pixelSizeUm, radiusStepUm);
  const halfLength = fourier.spectrumLength / 2;
  const transfer = new Float32Array(planeCount * halfLength);
  const planes = [new Float32Array(width * height), new Float32Array(width * height)] as const;
  const spectra = [
    new Float32Array(fourier.spectrumLength),
    new Float32Array(fourier.spectrumLength),
  ] as const;
  for (let z = 0; z < planeCount; z += 2) {
    signal?.throwIfAborted();
    const rows = [z, Math.min(z + 1, planeCount - 1)] as const;
    rasterisePsf(raster, table, rows[0], planes[0]);
    rasterisePsf(raster, table, rows[1], planes[1]);
    fourier.forwardPair(planes[0], planes[1], spectra[0], spectra[1]);
    for (const which of [0, 1] as const) {
      const target = rows[which] * halfLength;
      for (let i = 0; i < halfLength; i++) transfer[target + i] = spectra[which][2 * i]!;
    }
  }
  return {
    width,
    height,
    reachPlanes,
    at: (offset) =>
      transfer.subarray(
        (offset + reachPlanes) * halfLength,
        (offset + reachPlanes + 1) * halfLength,
      ),
  };
}
