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
  /** The transform of a grain, by bin. */
  private readonly grain: Float32Array<ArrayBuffer>;

  /**
   * @param reach sides (x, y) of the periodic field in micrometres, and the largest distance that will be asked for
   * @param grainUm standard deviation of the grains that layers are made of, in micrometres; 0 for points
   * @param table of the same reach and a field of about that size, where it is known
   */
  constructor(
    system: OpticalSystem,
    layout: SpectrumLayout,
    { fieldUm, reachUm }: { fieldUm: readonly [number, number]; reachUm: number },
    grainUm: number,
    table?: TransferTable,
  ) {
    this.cutoff = lateralCutoff({ system });
    this.grain = Float32Array.from({ length: BINS }, (_, bin) =>
      Math.exp(-2 * (Math.PI * grainUm * (bin / (BINS - 1)) * this.cutoff) ** 2),
    );
    this.stepUm = STEP_SHARE * depthOfFocusUm(system);
    const to = Math.ceil(reachUm / this.stepUm) + 1;
    this.table =
      table ??
      transferTable({ system }, { from: 0, to, stepUm: this.stepUm }, Math.max(...fieldUm));
    this.bins = new Uint16Array(layout.length);
    const perUm = (BINS - 1) / this.cutoff;
    const [perX, perY] = [perUm / fieldUm[0], perUm / fieldUm[1]];
    // Math.hypot takes ten times as long.
    eachFrequency(layout, 0, layout.length, (at, fx, fy) => {
      const bin = Math.sqrt((fx * perX) ** 2 + (fy * perY) ** 2);
      this.bins[at] = Math.min(BINS - 1, Math.round(bin));
    });
  }

  /** The transfer of a grain over a distance, by bin: bilinear between the entries of the table, 0 outside. */
  over(distanceUm: number): Float32Array<ArrayBuffer> {
    const { frequencyCount, frequencyStep } = this.table;
    const line = this.row(Math.abs(distanceUm) / this.stepUm);
    const perBin = this.cutoff / (BINS - 1) / frequencyStep;
    const shares = new Float32Array(BINS);
    for (let bin = 0; bin < BINS; bin++) {
      const column = bin * perBin;
      const left = Math.floor(column);
      if (left >= frequencyCount) break;
      const share = line[left]! + (column - left) * (line[left + 1]! - line[left]!);
      shares[bin] = share * this.grain[bin]!;
    }
    return shares;
  }

  /** A row of the table, or one between two, and a 0 behind it. */
  private row(at: number): Float32Array {
    const { values, frequencyCount } = this.table;
    const [above, share] = [Math.floor(at) * frequencyCount, at - Math.floor(at)];
    const line = new Float32Array(frequencyCount + 1);
    for (let f = 0; f < frequencyCount; f++) {
      const [upper, lower] = [values[above + f] ?? 0, values[above + frequencyCount + f] ?? 0];
      line[f] = upper + share * (lower - upper);
    }
    return line;
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
