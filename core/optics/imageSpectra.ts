import { FourierLines, goodFourierLength, LINES_AT_ONCE } from '#core/util/FourierLines';
import type { ImagingPlan } from './ImagingPlan';
import { eachFrequency } from './SpectrumLayout';
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
  transfer: TransferTable,
  band: SpecimenBand,
): Float32Array<ArrayBuffer>[] {
  const { from, to, spectra } = band;
  const { firstPlane, planeStride, imageCount } = plan;
  const images = Array.from({ length: imageCount }, () => new Float32Array(2 * (to - from)));
  const axial = axialTransfer(plan, transfer);
  const lines = new FourierLines(axial.length);
  const factors = new Float64Array(2 * axial.length * LINES_AT_ONCE);
  const [voxelX, voxelY, voxelZ] = plan.specimenGrid.voxelUm;
  const scale = (voxelX * voxelY * voxelZ) / axial.length;
  for (let start = from; start < to; start += LINES_AT_ONCE) {
    const count = Math.min(LINES_AT_ONCE, to - start);
    fillFactors(factors, plan, axial, start, start + count);
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

/** The transfer table, transformed along defocus. */
interface AxialTransfer {
  /** Planes of the transform. */
  readonly length: number;
  readonly frequencyStep: number;
  /** Row-major (lateral frequency, axial frequency), interleaved (re, im). */
  readonly values: Float64Array<ArrayBuffer>;
}

function axialTransfer(plan: ImagingPlan, transfer: TransferTable): AxialTransfer {
  const { frequencyCount, frequencyStep, values } = transfer;
  const shifts = values.length / frequencyCount;
  const length = goodFourierLength(shifts);
  const lines = new FourierLines(length);
  const deepest = (plan.imageCount - 1) * plan.planeStride + plan.firstPlane;
  const result = new Float64Array(2 * length * frequencyCount);
  for (let f = 0; f < frequencyCount; f += LINES_AT_ONCE) {
    const count = Math.min(LINES_AT_ONCE, frequencyCount - f);
    lines.buffer.fill(0);
    for (let i = 0; i < shifts; i++) {
      // Light from planes deeper by i - deepest reaches an image that lies so much less deep.
      const row = (((deepest - i) % length) + length) % length;
      for (let line = 0; line < count; line++) {
        lines.buffer[2 * (row * LINES_AT_ONCE + line)] = values[i * frequencyCount + f + line]!;
      }
    }
    lines.forward();
    for (let line = 0; line < count; line++) {
      for (let k = 0; k < length; k++) {
        const from = 2 * (k * LINES_AT_ONCE + line);
        const to = 2 * ((f + line) * length + k);
        result[to] = lines.buffer[from]!;
        result[to + 1] = lines.buffer[from + 1]!;
      }
    }
  }
  return { length, frequencyStep, values: result };
}

/** Makes a the complex conjugate of a times b. */
function multiplyConjugate(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i += 2) {
    const re = a[i]! * b[i]! - a[i + 1]! * b[i + 1]!;
    a[i + 1] = -(a[i]! * b[i + 1]! + a[i + 1]! * b[i]!);
    a[i] = re;
  }
}

/**
 * A frequency takes the transfer function at itself, and, where voxels are coarser than the optics can
 * see, at the frequencies that look the same on the voxels: a voxel emits from its centre. Pixels
 * integrate, which multiplies by the transform of a square.
 */
function fillFactors(
  factors: Float64Array,
  plan: ImagingPlan,
  axial: AxialTransfer,
  from: number,
  to: number,
): void {
  const { layout, fieldUm, crop, cutoff } = plan;
  const foldsX = Math.ceil((cutoff * fieldUm[0]) / layout.width - 0.5);
  const foldsY = Math.ceil((cutoff * fieldUm[1]) / layout.height - 0.5);
  factors.fill(0);
  eachFrequency(layout, from, to, (at, fx, fy) => {
    for (let m = -foldsX; m <= foldsX; m++) {
      for (let n = -foldsY; n <= foldsY; n++) {
        const x = fx + m * layout.width;
        const y = fy + n * layout.height;
        const frequency = Math.hypot(x / fieldUm[0], y / fieldUm[1]);
        if (frequency > cutoff) continue;
        const weight = sinc(x / crop.fieldWidth) * sinc(y / crop.fieldHeight);
        addInterpolated(factors, at - from, axial, frequency / axial.frequencyStep, weight);
      }
    }
  });
}

/** Adds the axial row between two lateral table entries, by cubic Lagrange interpolation. */
function addInterpolated(
  factors: Float64Array,
  line: number,
  { length, values }: AxialTransfer,
  position: number,
  weight: number,
): void {
  const entry = Math.floor(position);
  const t = position - entry;
  const before = (-weight * t * (t - 1) * (t - 2)) / 6;
  const left = (weight * (t * t - 1) * (t - 2)) / 2;
  const right = (-weight * t * (t + 1) * (t - 2)) / 2;
  const after = (weight * t * (t * t - 1)) / 6;
  const row = 2 * length * entry;
  // The function is even about frequency 0.
  const rowBefore = entry === 0 ? row + 2 * length : row - 2 * length;
  for (let k = 0; k < 2 * length; k += 2) {
    const to = k * LINES_AT_ONCE + 2 * line;
    for (let part = 0; part < 2; part++) {
      const at = row + k + part;
      factors[to + part] =
        factors[to + part]! +
        before * values[rowBefore + k + part]! +
        left * values[at]! +
        right * values[at + 2 * length]! +
        after * values[at + 4 * length]!;
    }
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
