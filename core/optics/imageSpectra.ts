import { FourierLines, LINES_AT_ONCE } from '#core/util/fourier/FourierLines';
import type { TransferBand } from './AxialFactors';
import type { ImagingPlan } from './ImagingPlan';
import { planeFactors } from './planeFactors';
import { radialFactors } from './radialFactors';
import type { TransferTable } from './transferTable';

/** A band of kept frequencies, counted from 0, and the light of all specimen planes in it. */
export interface SpecimenBand {
  readonly from: number;
  readonly to: number;
  /** For each specimen plane its band, interleaved (re, im). */
  readonly spectra: readonly Float32Array[];
}

/**
 * Images a band of frequencies: every image is the sum of all specimen planes, each times the transfer
 * function of its own defocus. That is a convolution along z, done by Fourier transforms so long
 * that nothing wraps around; it approximates nothing. Density times volume becomes light: in every
 * plane of a wide-field image, as much light as the specimen holds.
 *
 * @returns for each image its band, interleaved (re, im)
 */
export function imageSpectra(
  plan: ImagingPlan,
  transfer: TransferTable | TransferBand,
  band: SpecimenBand,
): Float32Array<ArrayBuffer>[] {
  const { from, to, spectra } = band;
  const { firstPlane, planeStride, imageCount } = plan;
  const images = Array.from({ length: imageCount }, () => new Float32Array(2 * (to - from)));
  const axial =
    'planes' in transfer ? planeFactors(plan, transfer, from) : radialFactors(plan, transfer);
  const lines = new FourierLines(axial.length);
  const factors = new Float64Array(2 * axial.length * LINES_AT_ONCE);
  const [voxelX, voxelY, voxelZ] = plan.specimenGrid.voxelUm;
  const scale = (voxelX * voxelY * voxelZ) / axial.length;
  for (let start = from; start < to; start += LINES_AT_ONCE) {
    const count = Math.min(LINES_AT_ONCE, to - start);
    axial.fill(factors, start, start + count);
    const at = 2 * (start - from);
    lines.buffer.fill(0);
    for (let s = 0; s < spectra.length; s++) {
      const row = 2 * s * LINES_AT_ONCE;
      for (let i = 0; i < 2 * count; i++) lines.buffer[row + i] = spectra[s]![at + i]!;
    }
    lines.forward();
    multiplyConjugate(lines.buffer, factors);
    lines.forward();
    for (let z = 0; z < imageCount; z++) {
      const row = 2 * (firstPlane + z * planeStride) * LINES_AT_ONCE;
      for (let i = 0; i < 2 * count; i += 2) {
        images[z]![at + i] = scale * lines.buffer[row + i]!;
        images[z]![at + i + 1] = -scale * lines.buffer[row + i + 1]!;
      }
    }
  }
  return images;
}

/** Makes a the complex conjugate of a times b. */
function multiplyConjugate(a: Float32Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i += 2) {
    const re = a[i]! * b[i]! - a[i + 1]! * b[i + 1]!;
    a[i + 1] = -(a[i]! * b[i + 1]! + a[i + 1]! * b[i]!);
    a[i] = re;
  }
}
