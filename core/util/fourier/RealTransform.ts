import type { Kernels } from '#core/util/simd/Kernels';
import { simdWorkspace, type SimdArray } from '#core/util/simd/simdWorkspace';
import {
  fourierStages,
  LINES_AT_ONCE,
  POSITION_BYTES,
  transformLines,
  type FourierStages,
} from './fourierStages';
import type { SpectrumLayout } from './SpectrumLayout';

/** Rows that are transformed together: two and two they are real and imaginary part of a line. */
const ROWS_AT_ONCE = 2 * LINES_AT_ONCE;

const COMPLEX_BYTES = 2 * Float32Array.BYTES_PER_ELEMENT;

/** The part of a plane that comes back. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Samples = SimdArray<Float32Array<ArrayBuffer>>;

/** Arrays that the kernels work on. */
interface Arrays {
  /** `ROWS_AT_ONCE` rows, each whole vectors long at most. */
  readonly rows: Samples;
  /** Lines to transform, and what stages write. */
  readonly lines: Samples;
  readonly others: Samples;
  readonly rowTwiddles: Samples;
  readonly columnTwiddles: Samples;
  /** Columns fx = 0, 1, …, each of `columnLength` complex samples. */
  readonly columns: Samples;
}

/**
 * Fourier transforms of a real plane and back, in half the time of a complex one: every two rows are real
 * and imaginary part of one line, and columns of negative fx, which mirror the others, are left out.
 */
export class RealTransform {
  private readonly layout: SpectrumLayout;
  private readonly rowStages: FourierStages;
  private readonly columnStages: FourierStages;
  private readonly kernels: Kernels;
  private readonly arrays: Arrays;
  /** Samples of a column: whole groups of rows. */
  private readonly columnLength: number;

  constructor(layout: SpectrumLayout) {
    const { width, height, positive } = layout;
    this.layout = layout;
    this.rowStages = fourierStages(width);
    this.columnStages = fourierStages(height);
    // Crops may begin anywhere, so that their last group of rows reaches further.
    this.columnLength = ROWS_AT_ONCE * (Math.ceil(height / ROWS_AT_ONCE) + 1);
    const samples = 2 * LINES_AT_ONCE * (Math.max(width, height) + 4);
    const columns = LINES_AT_ONCE * Math.ceil(positive.length / LINES_AT_ONCE);
    const { kernels, arrays } = simdWorkspace({
      rows: ['float32', ROWS_AT_ONCE * (width + 4)],
      lines: ['float32', samples],
      others: ['float32', samples],
      rowTwiddles: ['float32', this.rowStages.twiddles.length],
      columnTwiddles: ['float32', this.columnStages.twiddles.length],
      columns: ['float32', 2 * columns * this.columnLength],
    });
    arrays.rowTwiddles.values.set(this.rowStages.twiddles);
    arrays.columnTwiddles.values.set(this.columnStages.twiddles);
    this.kernels = kernels;
    this.arrays = arrays;
  }

  /**
   * Transforms a plane.
   *
   * @param readRows puts `count` rows from `top` on, one after the other, into `rows`
   * @param spectrum receives the kept frequencies, interleaved (re, im)
   */
  forward(
    readRows: (top: number, count: number, rows: Float32Array) => void,
    spectrum: Float32Array,
  ): void {
    const { kernels, arrays, columnLength } = this;
    const { width, height, positive } = this.layout;
    const columnBytes = columnLength * COMPLEX_BYTES;
    for (let top = 0; top < height; top += ROWS_AT_ONCE) {
      readRows(top, Math.min(ROWS_AT_ONCE, height - top), arrays.rows.values);
      kernels.rowsToLines(arrays.rows.at, arrays.lines.at, width);
      const to = arrays.columns.at + top * COMPLEX_BYTES;
      kernels.separateRows(this.rowsTransformed(), to, width, positive.length, columnBytes);
    }
    this.transformColumns(1);
    this.eachRun((column, at, length) => {
      spectrum.set(arrays.columns.values.subarray(column, column + length), at);
    });
  }

  /** Transforms a whole plane, row-major (y, x), of the size of the layout. */
  forwardPlane(plane: Float32Array, spectrum: Float32Array): void {
    const { width } = this.layout;
    this.forward((top, count, rows) => {
      rows.set(plane.subarray(top * width, (top + count) * width));
    }, spectrum);
  }

  /**
   * Transforms a spectrum back. The sum of the plane is the spectrum at frequency 0.
   *
   * @param spectrum the kept frequencies, interleaved (re, im)
   * @param crop its height is even, or ends above the last row
   * @param plane receives that part, row-major (y, x)
   */
  backward(spectrum: Float32Array, crop: Crop, plane: Float32Array): void {
    const { kernels, arrays, columnLength } = this;
    const { width, height, positive } = this.layout;
    arrays.columns.values.fill(0);
    this.eachRun((column, at, length) => {
      arrays.columns.values.set(spectrum.subarray(at, at + length), column);
    });
    // Of the complex conjugate: forward transforms then go backward.
    this.transformColumns(-1);
    const rowLength = 4 * Math.ceil(crop.width / 4);
    const { values } = arrays.rows;
    for (let y = 0; y < crop.height; y += ROWS_AT_ONCE) {
      const from = arrays.columns.at + (crop.top + y) * COMPLEX_BYTES;
      const columnBytes = columnLength * COMPLEX_BYTES;
      kernels.joinRows(from, arrays.lines.at, width, positive.length, columnBytes);
      const lines = this.rowsTransformed() + crop.left * POSITION_BYTES;
      kernels.linesToRows(lines, arrays.rows.at, crop.width, 1 / (width * height));
      for (let row = 0; row < Math.min(ROWS_AT_ONCE, crop.height - y); row++) {
        const start = row * rowLength;
        plane.set(values.subarray(start, start + crop.width), (y + row) * crop.width);
      }
    }
  }

  /** Transforms the lines; returns where they are then. */
  private rowsTransformed(): number {
    const { lines, others, rowTwiddles } = this.arrays;
    const places = { from: lines.at, to: others.at, twiddles: rowTwiddles.at };
    return transformLines(this.kernels, this.rowStages, places);
  }

  private transformColumns(sign: 1 | -1): void {
    const { kernels, columnLength } = this;
    const { height, positive } = this.layout;
    const { lines, others, columnTwiddles, columns } = this.arrays;
    const columnBytes = columnLength * COMPLEX_BYTES;
    const places = { from: lines.at, to: others.at, twiddles: columnTwiddles.at };
    for (let fx = 0; fx < positive.length; fx += LINES_AT_ONCE) {
      const at = columns.at + fx * columnBytes;
      kernels.columnsToLines(at, lines.at, height, columnBytes, sign);
      const result = transformLines(kernels, this.columnStages, places);
      kernels.linesToColumns(result, at, height, columnBytes);
    }
  }

  /** Calls `visit` for what lies together in a column and in a spectrum: where it begins in both, and its length. */
  private eachRun(visit: (column: number, at: number, length: number) => void): void {
    const { height, positive, negative, starts } = this.layout;
    for (let fx = 0; fx < positive.length; fx++) {
      const column = fx * this.columnLength;
      const [above, below] = [positive[fx]!, negative[fx]!];
      visit(2 * column, 2 * starts[fx]!, 2 * above);
      visit(2 * (column + height - below), 2 * (starts[fx]! + above), 2 * below);
    }
  }
}
