import type { OpticalSystem } from './OpticalSystem';
import { choleskyFactor, solveCholesky } from '#core/util/choleskyFactor';
import type { TransferTable } from './transferTable';
import { transferTable } from './transferTable';

/** The optics, and where the planes lie. */
export interface ReblurOptions {
  readonly system: OpticalSystem;
  /** Heights in micrometres of the planes of the volume, in any order. */
  readonly volumeZUm: readonly number[];
  /** Heights in micrometres at which the re-blurred volume is wanted. */
  readonly wantedZUm: readonly number[];
  /** Specimen above and below those planes that still sends light into them, in micrometres. @default 4 */
  readonly marginUm?: number;
  /** Longer side of the picture in micrometres. */
  readonly fieldUm: number;
  /** Lateral frequencies are tabulated this finely, in periods per micrometre. @default 0.05 */
  readonly frequencyStep?: number;
}

/** How much each plane of a volume counts in each re-blurred plane, by lateral frequency. */
export interface ReblurWeights {
  /** Largest lateral frequency that the optics pass, in periods per micrometre. */
  readonly cutoff: number;
  readonly frequencyStep: number;
  readonly frequencyCount: number;
  /** Row-major (frequency, wanted plane, plane of the volume). */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Finer than light changes along the axis of any objective. */
const SPECIMEN_STEP_UM = 0.1;

/** Noise of a specimen that is found, as a share of its signal: what the optics pass weaker is let go. */
const NOISE_SHARE = 1e-4;

/**
 * Weights that re-blur a wide-field volume. No volume of wide-field planes can hold what the optics do
 * not pass: each plane is the specimen convolved with the point-spread function at every depth, so the
 * planes hang together. The specimen that explains all planes best (least squares, with a small ridge) is
 * imaged again, at the heights that are wanted. A volume that a microscope could have taken comes back
 * as it is; one with structures that appear, fade or jump along z as no defocus does comes back as
 * something else, and the difference to what was measured shows where.
 *
 * Planes are transformed laterally, so that frequencies part. For one lateral frequency let row k of A
 * hold the transfer from every depth of the specimen to plane k, and B that to the wanted planes. The
 * weights are B A' (A A' + ridge)^-1. This is the regularised inverse of widefield deconvolution
 * (Agard 1984, doi:10.1146/annurev.bb.13.060184.001203) followed by the optics themselves.
 *
 * @throws RangeError when there is no plane
 */
export function reblurWeights(options: ReblurOptions): ReblurWeights {
  const { system, volumeZUm, wantedZUm, marginUm = 4, frequencyStep = 0.05 } = options;
  if (volumeZUm.length === 0 || wantedZUm.length === 0) throw new RangeError('There is no plane.');
  const heights = [...volumeZUm, ...wantedZUm];
  const lowest = Math.min(...heights) - marginUm;
  const depths = Math.ceil((Math.max(...heights) + marginUm - lowest) / SPECIMEN_STEP_UM) + 1;
  const cutoff = (2 * system.numericalAperture) / system.emissionUm;
  const frequencyCount = Math.ceil(cutoff / frequencyStep) + 1;
  const defocus = { from: -depths, to: depths, stepUm: SPECIMEN_STEP_UM };
  const table = transferTable({ system }, defocus, options.fieldUm);
  const [rows, columns] = [wantedZUm.length, volumeZUm.length];
  const values = new Float32Array(frequencyCount * rows * columns);
  for (let f = 0; f < frequencyCount; f++) {
    const column = (f * frequencyStep) / table.frequencyStep;
    const transfer = (zUm: number): Float64Array =>
      Float64Array.from({ length: depths }, (_, j) =>
        interpolated(table, (lowest - zUm) / SPECIMEN_STEP_UM + j + depths, column),
      );
    const seen = volumeZUm.map(transfer);
    const factor = choleskyFactor(gramMatrix(seen));
    wantedZUm.forEach((zUm, i) => {
      const own = transfer(zUm);
      const right = Float64Array.from(seen, (other) => dot(own, other));
      values.set(solveCholesky(factor, right), (f * rows + i) * columns);
    });
  }
  return { cutoff, frequencyStep, frequencyCount, values };
}

/** A A' with the ridge on its diagonal, row-major. */
function gramMatrix(rows: readonly Float64Array[]): Float64Array {
  const n = rows.length;
  const gram = new Float64Array(n * n);
  rows.forEach((row, i) => {
    for (let j = 0; j <= i; j++) gram[i * n + j] = gram[j * n + i] = dot(row, rows[j]!);
  });
  const depths = rows[0]?.length ?? 0;
  // In focus a transfer of 1 through every depth would give `depths`.
  for (let i = 0; i < n; i++) gram[i * n + i]! += NOISE_SHARE * depths;
  return gram;
}

/** Bilinear between the entries of a table, 0 outside. */
function interpolated(
  { values, frequencyCount }: TransferTable,
  row: number,
  column: number,
): number {
  const [y, x] = [Math.floor(row), Math.floor(column)];
  const at = (i: number, j: number): number =>
    j < frequencyCount ? (values[i * frequencyCount + j] ?? 0) : 0;
  const [down, right] = [row - y, column - x];
  const upper = at(y, x) * (1 - right) + at(y, x + 1) * right;
  const lower = at(y + 1, x) * (1 - right) + at(y + 1, x + 1) * right;
  return upper * (1 - down) + lower * down;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
