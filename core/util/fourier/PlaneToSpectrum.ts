import { FourierLines, LINES_AT_ONCE } from './FourierLines';
import type { SpectrumLayout } from './SpectrumLayout';

/**
 * Fourier transforms of real planes, two at a time as real and imaginary part of one complex plane.
 * Rows without light and columns beyond the band limit are not transformed.
 */
export class PlaneToSpectrum {
  private readonly layout: SpectrumLayout;
  private readonly rows: FourierLines;
  private readonly columns: FourierLines;
  /** Columns fx = 0, 1, …, then …, -2, -1; each of `height` complex samples. */
  private readonly middle: Float32Array<ArrayBuffer>;

  constructor(layout: SpectrumLayout) {
    this.layout = layout;
    this.rows = new FourierLines(layout.width);
    this.columns = new FourierLines(layout.height);
    this.middle = new Float32Array(2 * this.columnCount * layout.height);
  }

  /**
   * Transforms two planes.
   *
   * @param planes row-major (y, x)
   * @param spectra receive the kept frequencies, interleaved (re, im)
   */
  transformPair(
    planes: readonly [Float32Array, Float32Array],
    spectra: readonly [Float32Array, Float32Array],
  ): void {
    this.middle.fill(0);
    for (let y = 0; y < this.layout.height; y += LINES_AT_ONCE) this.transformRows(planes, y);
    for (let c = 0; c < this.columnCount; c += LINES_AT_ONCE) this.transformColumns(c);
    this.separate(spectra);
  }

  private get columnCount(): number {
    const { width, positive } = this.layout;
    return Math.min(width, 2 * positive.length - 1);
  }

  private transformRows(planes: readonly [Float32Array, Float32Array], top: number): void {
    const { width, height } = this.layout;
    const lines = Math.min(LINES_AT_ONCE, height - top);
    const { buffer } = this.rows;
    const [first, second] = planes;
    let light = false;
    for (let line = 0; line < lines; line++) {
      const start = (top + line) * width;
      for (let x = 0; x < width; x++) {
        const re = first[start + x]!;
        const im = second[start + x]!;
        if (re !== 0 || im !== 0) light = true;
        const at = 2 * (x * LINES_AT_ONCE + line);
        buffer[at] = re;
        buffer[at + 1] = im;
      }
    }
    if (!light) return;
    this.rows.forward();
    const transformed = this.rows.buffer;
    const count = this.columnCount;
    const halfCount = this.layout.positive.length;
    for (let c = 0; c < count; c++) {
      const fx = c < halfCount ? c : width - count + c;
      const from = 2 * fx * LINES_AT_ONCE;
      const to = 2 * (c * height + top);
      for (let i = 0; i < 2 * lines; i++) this.middle[to + i] = transformed[from + i]!;
    }
  }

  private transformColumns(first: number): void {
    const lines = Math.min(LINES_AT_ONCE, this.columnCount - first);
    this.columns.read(this.middle, first, lines);
    this.columns.forward();
    this.columns.write(this.middle, first, lines);
  }

  /** A real plane's spectrum is even conjugate, an imaginary one's odd: half sums and differences. */
  private separate(spectra: readonly [Float32Array, Float32Array]): void {
    const { height, positive, negative } = this.layout;
    const { middle, columnCount } = this;
    const [first, second] = spectra;
    let to = 0;
    for (let fx = 0; fx < positive.length; fx++) {
      const here = fx * height;
      const there = ((columnCount - fx) % columnCount) * height;
      const count = positive[fx]! + negative[fx]!;
      for (let k = 0; k < count; k++) {
        const fy = k < positive[fx]! ? k : height - count + k;
        const i = 2 * (here + fy);
        const j = 2 * (there + ((height - fy) % height));
        first[to] = 0.5 * (middle[i]! + middle[j]!);
        first[to + 1] = 0.5 * (middle[i + 1]! - middle[j + 1]!);
        second[to] = 0.5 * (middle[i + 1]! + middle[j + 1]!);
        second[to + 1] = 0.5 * (middle[j]! - middle[i]!);
        to += 2;
      }
    }
  }
}
