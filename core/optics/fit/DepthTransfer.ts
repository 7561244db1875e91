import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { lateralCutoff } from '#core/optics/opticalCutoffs';
import { transferTable, type TransferTable } from '#core/optics/transferTable';
import { eachFrequency, type SpectrumLayout } from '#core/util/fourier/SpectrumLayout';

/** Distances are tabulated this finely, as a share of the depth of focus. */
const STEP_SHARE = 0.25;

/** Lateral frequencies are told apart this finely: the transfer function is smooth. */
export const BINS = 2048;

/**
 * How much of each lateral frequency of a layer of the specimen reaches a plane at a distance: the
 * wide-field transfer function of a matched microscope, the same above and below focus.
 */
export class DepthTransfer {
  /** The bin of each frequency of the layout. */
  readonly bins: Uint16Array<ArrayBuffer>;
  readonly table: TransferTable;
  private readonly stepUm: number;
  private readonly cutoff: number;

  /**
   * @param reach sides (x, y) of the periodic field in micrometres, and the largest distance that will be asked for
   * @param table of the same field and reach, where it is known
   */
  constructor(
    system: OpticalSystem,
    layout: SpectrumLayout,
    { fieldUm, reachUm }: { fieldUm: readonly [number, number]; reachUm: number },
    table?: TransferTable,
  ) {
    this.cutoff = lateralCutoff({ system });
    this.stepUm = STEP_SHARE * depthOfFocusUm(system);
    const to = Math.ceil(reachUm / this.stepUm) + 1;
    this.table =
      table ??
      transferTable({ system }, { from: 0, to, stepUm: this.stepUm }, Math.max(...fieldUm));
    this.bins = new Uint16Array(layout.length);
    eachFrequency(layout, 0, layout.length, (at, fx, fy) => {
      const frequency = Math.hypot(fx / fieldUm[0], fy / fieldUm[1]);
      this.bins[at] = Math.min(BINS - 1, Math.round((frequency / this.cutoff) * (BINS - 1)));
    });
  }

  /** The transfer over a distance, by bin. */
  over(distanceUm: number): Float32Array<ArrayBuffer> {
    const row = Math.abs(distanceUm) / this.stepUm;
    const { frequencyStep } = this.table;
    return Float32Array.from({ length: BINS }, (_, bin) =>
      this.at(row, (bin * this.cutoff) / (BINS - 1) / frequencyStep),
    );
  }

  /** Bilinear between the entries of the table, 0 outside. */
  private at(row: number, column: number): number {
    const { values, frequencyCount } = this.table;
    const [y, x] = [Math.floor(row), Math.floor(column)];
    const entry = (i: number, j: number): number =>
      j < frequencyCount ? (values[i * frequencyCount + j] ?? 0) : 0;
    const [down, right] = [row - y, column - x];
    const upper = entry(y, x) * (1 - right) + entry(y, x + 1) * right;
    const lower = entry(y + 1, x) * (1 - right) + entry(y + 1, x + 1) * right;
    return upper * (1 - down) + lower * down;
  }
}

/** The classical depth of focus of an incoherent microscope, wavelength n / NA^2, in micrometres. */
export function depthOfFocusUm({
  numericalAperture,
  emissionUm,
  immersionIndex,
}: OpticalSystem): number {
  return (emissionUm * immersionIndex) / numericalAperture ** 2;
}
