import { besselJ0 } from '#core/optics/besselJ0';
import { besselJ1 } from '#core/optics/besselJ1';
import { gaussLegendre } from '#core/optics/gaussLegendre';
import type { TransferTable } from '#core/optics/transferTable';

/** What a ball looks like, by height of the plane above it and distance from the axis; can go to other threads. */
export interface PointSpreadTable {
  /** Sides of a pixel (x, y) in micrometres. */
  readonly pixelSizeUm: readonly [number, number];
  /** Distance of the rows; in the middle one the ball is in focus. */
  readonly stepUm: number;
  /** Entries of a row, from the axis on; `ENTRIES_PER_PX` for each pixel (along x). */
  readonly columns: number;
  /** Light on one pixel of a ball whose light on all pixels is 1; row-major (height of the plane, distance). */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Entries of a row for each pixel. */
export const ENTRIES_PER_PX = 8;

/**
 * Inverse Hankel transforms of the transfer functions of a microscope, for evenly bright balls on square pixels.
 *
 * @param transfer of planes from below the ball to above it, in steps of `stepUm`
 * @param rows how many of them
 * @param radiusPx no light counts beyond this distance from the axis
 */
export function pointSpreadTable(
  transfer: TransferTable,
  {
    rows,
    stepUm,
    radiusPx,
    pixelSizeUm,
    diameterUm,
  }: {
    readonly rows: number;
    readonly stepUm: number;
    readonly radiusPx: number;
    readonly pixelSizeUm: readonly [number, number];
    readonly diameterUm: number;
  },
): PointSpreadTable {
  const { frequencyCount, frequencyStep } = transfer;
  const ofBall = ballTransfer(transfer, { rows, stepUm, diameterUm });
  const [sideUm, otherUm] = pixelSizeUm;
  const columns = Math.ceil(radiusPx * ENTRIES_PER_PX) + 3;
  const values = new Float32Array(rows * columns);
  const kernel = new Float32Array(columns);
  for (let f = 0; f < frequencyCount; f++) {
    const frequency = f * frequencyStep;
    const turn = 2 * Math.PI * frequency;
    // Rings of the plane of frequencies; the first is a disc of half their width.
    const ring = f === 0 ? (Math.PI / 4) * frequencyStep ** 2 : turn * frequencyStep;
    const weight = ring * sideUm * otherUm * pixelShare(frequency * sideUm);
    for (let r = 0; r < columns; r++) {
      kernel[r] = weight * besselJ0((turn * r * sideUm) / ENTRIES_PER_PX);
    }
    for (let z = 0; z < rows; z++) {
      const share = ofBall[z * frequencyCount + f]!;
      const row = z * columns;
      for (let r = 0; r < columns; r++) values[row + r] = values[row + r]! + share * kernel[r]!;
    }
  }
  return { pixelSizeUm, stepUm, columns, values: forLines(values, columns) };
}

/**
 * Values between which straight lines run as the table does on average: lines from entry to entry cut its bends, so
 * that balls would look wider than they are (20x: by 1.2 %) and be taken for smaller ones. The mean distance of a line
 * from what it stands for is a twelfth of the second difference.
 */
function forLines(table: Float32Array, columns: number): Float32Array<ArrayBuffer> {
  const rows = table.length / columns;
  const lines = new Float32Array(table.length);
  for (let z = 0; z < rows; z++) {
    const [row, below, above] = [z, Math.max(0, z - 1), Math.min(rows - 1, z + 1)].map(
      (at) => at * columns,
    ) as [number, number, number];
    for (let r = 0; r < columns; r++) {
      // Beyond the axis lies the same as before it.
      const inner = table[row + Math.abs(r - 1)]!;
      const outer = table[row + Math.min(columns - 1, r + 1)]!;
      const around = inner + outer + table[below + r]! + table[above + r]!;
      lines[row + r] = table[row + r]! - (around - 4 * table[row + r]!) / 12;
    }
  }
  return lines;
}

/** Transfer of an evenly bright ball: of the discs that it is made of, each at its own distance from focus. */
function ballTransfer(
  { values, frequencyCount, frequencyStep }: TransferTable,
  {
    rows,
    stepUm,
    diameterUm,
  }: { readonly rows: number; readonly stepUm: number; readonly diameterUm: number },
): Float32Array {
  const radiusUm = diameterUm / 2;
  const discs = gaussLegendre(Math.ceil(diameterUm / stepUm) + 1, -radiusUm, radiusUm);
  const ball = new Float32Array(values.length);
  for (const [i, heightUm] of discs.nodes.entries()) {
    const square = radiusUm ** 2 - heightUm ** 2;
    // The volume of the disc as a share of the ball's.
    const share = diameterUm > 0 ? (0.75 * discs.weights[i]! * square) / radiusUm ** 3 : 1;
    const turn = 2 * Math.PI * Math.sqrt(square) * frequencyStep;
    const discShares = Float32Array.from({ length: frequencyCount }, (_, f) => discShare(turn * f));
    for (let z = 0; z < rows; z++) {
      const row = Math.max(0, Math.min(rows - 1.001, z - heightUm / stepUm));
      const [near, part] = [Math.floor(row) * frequencyCount, row - Math.floor(row)];
      for (let f = 0; f < frequencyCount; f++) {
        const value = values[near + f]! * (1 - part) + values[near + frequencyCount + f]! * part;
        ball[z * frequencyCount + f]! += share * discShares[f]! * value;
      }
    }
    if (diameterUm === 0) break;
  }
  return ball;
}

/** Fourier transform of an evenly bright disc at 2 pi times frequency times radius; 1 at 0. */
function discShare(q: number): number {
  return q < 1e-3 ? 1 - q ** 2 / 8 : (2 * besselJ1(q)) / q;
}

/** What a square pixel leaves of a frequency in periods per pixel, on average over directions. */
function pixelShare(periods: number): number {
  const square = (Math.PI * periods) ** 2;
  return Math.exp(-square / 6 - square ** 2 / 240);
}
