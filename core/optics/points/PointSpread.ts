import { ENTRIES_PER_PX, type PointSpreadTable } from './pointSpreadTable';

/** A point is told from its background by what lies within this share of the energy. */
const TELLING_SHARE = 0.98;

/** Pixels beyond that, as the rows of the table are a little apart. */
const SPARE_PX = 2;

/** What a small ball of light looks like, by distance from the axis and from focus. */
export class PointSpread {
  readonly table: PointSpreadTable;
  /** No light counts beyond this distance from the axis, in pixels along x. */
  readonly mostRadiusPx: number;
  /** How many times as high as wide a pixel is. */
  readonly aspect: number;
  /** Entries of a profile. */
  readonly columns: number;
  private readonly rows: number;
  private readonly energies: Float32Array;
  private readonly radii: Float32Array;

  constructor(table: PointSpreadTable) {
    const { columns, values, pixelSizeUm } = table;
    this.table = table;
    this.columns = columns;
    this.rows = values.length / columns;
    this.aspect = pixelSizeUm[1] / pixelSizeUm[0];
    this.mostRadiusPx = (columns - 3) / ENTRIES_PER_PX;
    this.energies = Float32Array.from({ length: this.rows }, (_, row) => this.energyOf(row));
    this.radii = Float32Array.from({ length: this.rows }, (_, row) => this.radiusOf(row));
  }

  /**
   * Light on a pixel by its distance from the axis, `ENTRIES_PER_PX` for each pixel.
   *
   * @param distanceUm how far the plane lies above the ball
   */
  profile(distanceUm: number, into: Float32Array): void {
    const { columns, values } = this.table;
    const { row, share } = this.place(distanceUm);
    const [near, far] = [row * columns, (row + 1) * columns];
    for (let r = 0; r < columns; r++) {
      into[r] = values[near + r]! * (1 - share) + values[far + r]! * share;
    }
  }

  /** Sum of the squared light of all pixels of a plane so far above the ball. */
  energy(distanceUm: number): number {
    const { row, share } = this.place(distanceUm);
    return this.energies[row]! * (1 - share) + this.energies[row + 1]! * share;
  }

  /** Within this distance of the axis, in pixels along x, lies what tells of a ball on a plane so far above it. */
  radiusPx(distanceUm: number): number {
    return this.radii[this.place(distanceUm).row]!;
  }

  private place(distanceUm: number): { readonly row: number; readonly share: number } {
    const middle = (this.rows - 1) / 2;
    const at = Math.max(0, Math.min(middle + distanceUm / this.table.stepUm, this.rows - 1.001));
    const row = Math.floor(at);
    return { row, share: at - row };
  }

  private energyOf(row: number): number {
    let sum = 0;
    for (let r = 0; r < this.table.columns; r++) sum += this.ring(row, r);
    return sum;
  }

  private radiusOf(row: number): number {
    let sum = 0;
    for (let r = 0; r < this.table.columns; r++) {
      sum += this.ring(row, r);
      if (sum > TELLING_SHARE * this.energies[row]!) {
        return Math.min(this.mostRadiusPx, r / ENTRIES_PER_PX + SPARE_PX);
      }
    }
    return this.mostRadiusPx;
  }

  /** Squared light of the pixels of a ring. */
  private ring(row: number, r: number): number {
    const { columns, values } = this.table;
    const area = Math.PI * (r === 0 ? 0.25 : 2 * r);
    return (area * values[row * columns + r]! ** 2) / (ENTRIES_PER_PX ** 2 * this.aspect);
  }
}
