import { besselJ0 } from '#core/optics/besselJ0';
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
  const [sideUm, otherUm] = pixelSizeUm;
  const columns = Math.ceil(radiusPx * ENTRIES_PER_PX) + 3;
  const values = new Float32Array(rows * columns);
  const kernel = new Float32Array(columns);
  for (let f = 0; f < frequencyCount; f++) {
    const frequency = f * frequencyStep;
    const turn = 2 * Math.PI * frequency;
    // Rings of the plane of frequencies; the first is a disc of half their width.
    const ring = f === 0 ? (Math.PI / 4) * frequencyStep ** 2 : turn * frequencyStep;
    const weight =
      ring * sideUm * otherUm * ballShare(frequency * diameterUm) * pixelShare(frequency * sideUm);
    for (let r = 0; r < columns; r++) {
      kernel[r] = weight * besselJ0((turn * r * sideUm) / ENTRIES_PER_PX);
    }
    for (let z = 0; z < rows; z++) {
      const share = transfer.values[z * frequencyCount + f]!;
      const row = z * columns;
      for (let r = 0; r < columns; r++) values[row + r] = values[row + r]! + share * kernel[r]!;
    }
  }
  return { pixelSizeUm, stepUm, columns, values };
}

/** Fourier transform of an evenly bright ball at a number of periods per diameter; 1 at 0. */
function ballShare(periods: number): number {
  const q = Math.PI * periods;
  return q < 1e-2 ? 1 - (q * q) / 10 : (3 * (Math.sin(q) - q * Math.cos(q))) / q ** 3;
}

/** What a square pixel leaves of a frequency in periods per pixel, on average over directions. */
function pixelShare(periods: number): number {
  const square = (Math.PI * periods) ** 2;
  return Math.exp(-square / 6 - square ** 2 / 240);
}
