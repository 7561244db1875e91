import { Fourier2d } from '#core/util/Fourier2d';
import type { WidefieldOtf } from './widefieldOtf';

/** What `imageByDepth` images, through which optics, and which planes of it. */
export interface ImageByDepthOptions {
  /** Emitting planes, row-major (y, x), on the grid of the transfer functions; shallowest first. */
  readonly specimen: readonly Float32Array[];
  readonly otf: WidefieldOtf;
  /** Index of the specimen plane that the first imaged plane focuses on. */
  readonly firstPlane: number;
  /** Number of imaged planes. */
  readonly planeCount: number;
  readonly signal?: AbortSignal;
}

/**
 * Images a specimen plane by plane: every imaged plane is the sum of all emitting planes, each
 * convolved with the point-spread function of its own defocus. Nothing is approximated along z,
 * and nothing wraps around there; laterally the grid is periodic.
 *
 * @returns imaged planes on the same grid, row-major (y, x)
 * @throws RangeError when the transfer functions do not reach far enough
 */
export function imageByDepth(options: ImageByDepthOptions): Float32Array<ArrayBuffer>[] {
  const { specimen, otf, firstPlane, planeCount, signal } = options;
  const reach = Math.max(specimen.length - 1 - firstPlane, firstPlane + planeCount - 1);
  if (reach > otf.reachPlanes) {
    throw new RangeError(`The transfer functions reach ${otf.reachPlanes} planes, not ${reach}.`);
  }
  const fourier = new Fourier2d(otf.width, otf.height);
  const spectra = forwardAll(fourier, specimen, signal);
  const images = Array.from({ length: planeCount }, () => new Float32Array(fourier.spectrumLength));
  const transfers = Array.from({ length: 2 * reach + 1 }, (_, i) => otf.at(i - reach));
  const none = new Float32Array(fourier.spectrumLength);
  const sum = new Float64Array(2 * otf.height);
  const pair: SpectrumPair = {
    first: none,
    firstTransfer: none,
    second: none,
    secondTransfer: none,
  };
  // Row by row of the spectrum, so that what one row needs of all planes stays in the cache.
  for (let row = 0; row < fourier.halfWidth; row++) {
    signal?.throwIfAborted();
    for (let z = 0; z < planeCount; z++) {
      sum.fill(0);
      for (let source = 0; source < spectra.length; source += 2) {
        const offset = source - firstPlane - z + reach;
        pair.first = spectra[source]!;
        pair.firstTransfer = transfers[offset]!;
        pair.second = spectra[source + 1] ?? none;
        pair.secondTransfer = transfers[offset + 1] ?? none;
        addProducts(sum, pair, row);
      }
      images[z]!.set(sum, row * sum.length);
    }
  }
  return inverseAll(fourier, images, signal);
}

/** Two spectra and their transfer functions; one object serves all rows. */
interface SpectrumPair {
  first: Float32Array;
  firstTransfer: Float32Array;
  second: Float32Array;
  secondTransfer: Float32Array;
}

/** Adds two spectra times their transfer functions for one row of frequencies. */
function addProducts(sum: Float64Array, pair: SpectrumPair, row: number): void {
  const { first, firstTransfer, second, secondTransfer } = pair;
  const length = sum.length / 2;
  const start = row * length;
  for (let i = 0; i < length; i++) {
    const factor = firstTransfer[start + i]!;
    const secondFactor = secondTransfer[start + i]!;
    const at = 2 * (start + i);
    sum[2 * i] = sum[2 * i]! + factor * first[at]! + secondFactor * second[at]!;
    sum[2 * i + 1] = sum[2 * i + 1]! + factor * first[at + 1]! + secondFactor * second[at + 1]!;
  }
}

function forwardAll(
  fourier: Fourier2d,
  planes: readonly Float32Array[],
  signal: AbortSignal | undefined,
): Float32Array<ArrayBuffer>[] {
  const spectra = planes.map(() => new Float32Array(fourier.spectrumLength));
  for (let z = 0; z < planes.length; z += 2) {
    signal?.throwIfAborted();
    const second = Math.min(z + 1, planes.length - 1);
    const secondSpectrum =
      second === z ? new Float32Array(fourier.spectrumLength) : spectra[second]!;
    fourier.forwardPair(planes[z]!, planes[second]!, spectra[z]!, secondSpectrum);
  }
  return spectra;
}

function inverseAll(
  fourier: Fourier2d,
  spectra: readonly Float32Array[],
  signal: AbortSignal | undefined,
): Float32Array<ArrayBuffer>[] {
  const length = fourier.width * fourier.height;
  const planes = spectra.map(() => new Float32Array(length));
  for (let z = 0; z < spectra.length; z += 2) {
    signal?.throwIfAborted();
    const second = Math.min(z + 1, spectra.length - 1);
    const secondPlane = second === z ? new Float32Array(length) : planes[second]!;
    fourier.inversePair(spectra[z]!, spectra[second]!, planes[z]!, secondPlane);
  }
  return planes;
}
