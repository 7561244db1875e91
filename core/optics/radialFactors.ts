import { FourierLines, goodFourierLength, LINES_AT_ONCE } from '#core/util/fourier/FourierLines';
import type { AxialFactors } from './AxialFactors';
import { axialRow } from './axialRow';
import { eachAlias } from './eachAlias';
import type { ImagingPlan } from './ImagingPlan';
import type { TransferTable } from './transferTable';

/** Transfer functions by distance from frequency 0, transformed along defocus, then interpolated. */
export function radialFactors(plan: ImagingPlan, transfer: TransferTable): AxialFactors {
  const axial = axialTable(plan, transfer);
  return {
    length: axial.length,
    fill(factors, from, to) {
      factors.fill(0);
      eachAlias(plan, from, to, (at, _x, _y, frequency, weight) => {
        addInterpolated(factors, at - from, axial, frequency / axial.frequencyStep, weight);
      });
    },
  };
}

/** The transfer table, transformed along defocus. */
interface AxialTable {
  /** Planes of the transform. */
  readonly length: number;
  readonly frequencyStep: number;
  /** Row-major (lateral frequency, axial frequency), interleaved (re, im). */
  readonly values: Float64Array<ArrayBuffer>;
}

function axialTable(plan: ImagingPlan, transfer: TransferTable): AxialTable {
  const { frequencyCount, frequencyStep, values } = transfer;
  const shifts = values.length / frequencyCount;
  const length = goodFourierLength(shifts);
  const lines = new FourierLines(length);
  const result = new Float64Array(2 * length * frequencyCount);
  for (let f = 0; f < frequencyCount; f += LINES_AT_ONCE) {
    const count = Math.min(LINES_AT_ONCE, frequencyCount - f);
    lines.buffer.fill(0);
    for (let i = 0; i < shifts; i++) {
      const row = axialRow(plan, i, length);
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

/** Adds the axial row between two lateral table entries, by cubic Lagrange interpolation. */
function addInterpolated(
  factors: Float64Array,
  line: number,
  { length, values }: AxialTable,
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
