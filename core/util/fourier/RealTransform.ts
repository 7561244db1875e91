import { FourierLines, LINES_AT_ONCE } from './FourierLines';
import type { SpectrumLayout } from './SpectrumLayout';

/** Rows that are transformed together: two and two they are real and imaginary part of a line. */
const ROWS_AT_ONCE = 2 * LINES_AT_ONCE;

/** The part of a plane that comes back. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Fourier transforms of a real plane and back, in half the time of a complex one: every two rows are real
 * and imaginary part of one line, and columns of negative fx, which mirror the others, are left out.
 */
export class RealTransform {
  private readonly layout: SpectrumLayout;
  private readonly rows: FourierLines;
  private readonly columns: FourierLines;
  /** Columns fx = 0, 1, …; each of `height` complex samples. */
  private readonly middle: Float32Array<ArrayBuffer>;

  constructor(layout: SpectrumLayout) {
    this.layout = layout;
    this.rows = new FourierLines(layout.width);
    this.columns = new FourierLines(layout.height);
    this.middle = new Float32Array(2 * layout.positive.length * layout.height);
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
    const { width, height, positive } = this.layout;
    const rows = new Float32Array(ROWS_AT_ONCE * width);
    for (let top = 0; top < height; top += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, height - top);
      readRows(top, count, rows);
      this.rowsForward(rows, top, count);
    }
    for (let fx = 0; fx < positive.length; fx += LINES_AT_ONCE) this.columnsForward(fx, spectrum);
  }

  /**
   * Transforms a spectrum back. The sum of the plane is the spectrum at frequency 0.
   *
   * @param spectrum the kept frequencies, interleaved (re, im)
   * @param crop its height is even, or ends above the last row
   * @param plane receives that part, row-major (y, x)
   */
  backward(spectrum: Float32Array, crop: Crop, plane: Float32Array): void {
    const { positive } = this.layout;
    for (let fx = 0; fx < positive.length; fx += LINES_AT_ONCE) this.columnsBackward(fx, spectrum);
    for (let y = 0; y < crop.height; y += ROWS_AT_ONCE) this.rowsBackward(y, crop, plane);
  }

  /** The spectrum of a real line is even conjugate, of an imaginary one odd: half sums and differences. */
  private rowsForward(rows: Float32Array, top: number, count: number): void {
    const { width, height, positive } = this.layout;
    const { buffer } = this.rows;
    for (let row = 0; row < count; row++) {
      const start = row * width;
      for (let x = 0; x < width; x++) buffer[x * ROWS_AT_ONCE + row] = rows[start + x]!;
    }
    this.rows.forward();
    const transformed = this.rows.buffer;
    const { middle } = this;
    for (let fx = 0; fx < positive.length; fx++) {
      let i = fx * ROWS_AT_ONCE;
      let j = ((width - fx) % width) * ROWS_AT_ONCE;
      let to = 2 * (fx * height + top);
      for (let row = 0; row < count; row += 2, i += 2, j += 2, to += 4) {
        middle[to] = 0.5 * (transformed[i]! + transformed[j]!);
        middle[to + 1] = 0.5 * (transformed[i + 1]! - transformed[j + 1]!);
        middle[to + 2] = 0.5 * (transformed[i + 1]! + transformed[j + 1]!);
        middle[to + 3] = 0.5 * (transformed[j]! - transformed[i]!);
      }
    }
  }

  private columnsForward(first: number, spectrum: Float32Array): void {
    const { height, positive, negative, starts } = this.layout;
    const lines = Math.min(LINES_AT_ONCE, positive.length - first);
    this.columns.read(this.middle, first, lines);
    this.columns.forward();
    const transformed = this.columns.buffer;
    for (let line = 0; line < lines; line++) {
      const fx = first + line;
      const count = positive[fx]! + negative[fx]!;
      for (let k = 0; k < count; k++) {
        const fy = k < positive[fx]! ? k : height - count + k;
        const at = 2 * (fy * LINES_AT_ONCE + line);
        const to = 2 * (starts[fx]! + k);
        spectrum[to] = transformed[at]!;
        spectrum[to + 1] = transformed[at + 1]!;
      }
    }
  }

  /** Columns of the complex conjugate: forward transforms then go backward. */
  private columnsBackward(first: number, spectrum: Float32Array): void {
    const { height, positive, negative, starts } = this.layout;
    const lines = Math.min(LINES_AT_ONCE, positive.length - first);
    const { buffer } = this.columns;
    buffer.fill(0);
    for (let line = 0; line < lines; line++) {
      const fx = first + line;
      const count = positive[fx]! + negative[fx]!;
      for (let k = 0; k < count; k++) {
        const fy = k < positive[fx]! ? k : height - count + k;
        const at = 2 * (fy * LINES_AT_ONCE + line);
        const from = 2 * (starts[fx]! + k);
        buffer[at] = spectrum[from]!;
        buffer[at + 1] = -spectrum[from + 1]!;
      }
    }
    this.columns.forward();
    this.columns.write(this.middle, first, lines);
  }

  private rowsBackward(y: number, { left, top, width, height }: Crop, plane: Float32Array): void {
    const { width: fieldWidth, height: fieldHeight, positive } = this.layout;
    const { buffer } = this.rows;
    const { middle } = this;
    const count = Math.min(ROWS_AT_ONCE, height - y);
    // Frequencies that are not kept stay 0.
    buffer.fill(0);
    for (let fx = 0; fx < positive.length; fx++) {
      const mirrored = fx > 0 && 2 * fx < fieldWidth;
      let i = fx * ROWS_AT_ONCE;
      let j = (fieldWidth - fx) * ROWS_AT_ONCE;
      let from = 2 * (fx * fieldHeight + top + y);
      for (let row = 0; row < count; row += 2, i += 2, j += 2, from += 4) {
        buffer[i] = middle[from]! + middle[from + 3]!;
        buffer[i + 1] = middle[from + 1]! - middle[from + 2]!;
        if (!mirrored) continue;
        buffer[j] = middle[from]! - middle[from + 3]!;
        buffer[j + 1] = -middle[from + 1]! - middle[from + 2]!;
      }
    }
    this.rows.forward();
    const transformed = this.rows.buffer;
    for (let row = 0; row < count; row++) {
      const scale = (row % 2 === 0 ? 1 : -1) / (fieldWidth * fieldHeight);
      const start = (y + row) * width;
      for (let x = 0; x < width; x++) {
        plane[start + x] = scale * transformed[(left + x) * ROWS_AT_ONCE + row]!;
      }
    }
  }
}
