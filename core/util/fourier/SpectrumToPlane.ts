import { FourierLines, LINES_AT_ONCE } from './FourierLines';
import type { SpectrumLayout } from './SpectrumLayout';

/** The samples that come out: a periodic field, and the part of it that is wanted. */
export interface FieldCrop {
  /** Samples of the field; even, without prime factors above 5. */
  readonly fieldWidth: number;
  readonly fieldHeight: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A spectrum to be turned into a plane, and how far its picture is to move. */
export interface ShiftedSpectrum {
  /** Kept frequencies, interleaved (re, im). */
  readonly values: Float32Array;
  /** Shift of the picture to larger x and y, in samples of the field, whole or not. @default [0, 0] */
  readonly shift?: readonly [number, number];
}

/**
 * Inverse Fourier transforms to real planes, two at a time, on fewer samples than the spectrum has if
 * wanted: frequencies that those cannot hold fold back, as they do on a camera's pixels.
 */
export class SpectrumToPlane {
  private readonly layout: SpectrumLayout;
  private readonly crop: FieldCrop;
  private readonly rows: FourierLines;
  private readonly columns: FourierLines;
  /** Complex conjugate of the field's spectrum, row-major (fx, fy). */
  private readonly field: Float32Array<ArrayBuffer>;

  constructor(layout: SpectrumLayout, crop: FieldCrop) {
    this.layout = layout;
    this.crop = crop;
    this.rows = new FourierLines(crop.fieldWidth);
    this.columns = new FourierLines(crop.fieldHeight);
    this.field = new Float32Array(2 * crop.fieldWidth * crop.fieldHeight);
  }

  /**
   * Transforms two spectra. The sum of a field is the spectrum at frequency 0.
   *
   * @param planes receive the wanted part, row-major (y, x)
   */
  transformPair(
    first: ShiftedSpectrum,
    second: ShiftedSpectrum,
    planes: readonly [Float32Array, Float32Array],
  ): void {
    this.field.fill(0);
    this.gather(first, false);
    this.gather(second, true);
    for (let fx = 0; fx < this.crop.fieldWidth; fx += LINES_AT_ONCE) this.transformColumns(fx);
    for (let y = 0; y < this.crop.height; y += LINES_AT_ONCE) this.transformRows(y, planes);
  }

  /** Adds a spectrum and its mirror half, folded, as the real or the imaginary part of the field. */
  private gather({ values, shift = [0, 0] }: ShiftedSpectrum, imaginary: boolean): void {
    const { layout, field } = this;
    const { fieldWidth, fieldHeight } = this.crop;
    const turnX = (-2 * Math.PI * shift[0]) / fieldWidth;
    const turnY = (-2 * Math.PI * shift[1]) / fieldHeight;
    let from = 0;
    for (let fx = 0; fx < layout.positive.length; fx++) {
      const positive = layout.positive[fx]!;
      const count = positive + layout.negative[fx]!;
      const row = (fx % fieldWidth) * fieldHeight;
      const mirrorRow = ((fieldWidth - (fx % fieldWidth)) % fieldWidth) * fieldHeight;
      const mirrored = fx > 0 && 2 * fx < layout.width;
      for (let k = 0; k < count; k++, from += 2) {
        const fy = k < positive ? k : k - count;
        const column = ((fy % fieldHeight) + fieldHeight) % fieldHeight;
        const angleX = turnX * fx;
        const angleY = turnY * fy;
        let re = values[from]!;
        let im = values[from + 1]!;
        if (angleX !== 0 || angleY !== 0) {
          // The highest frequency of an even number of samples has no mirror image: it stays real.
          const lastX = 2 * fx === layout.width;
          const lastY = 2 * fy === layout.height;
          const gain = (lastX ? Math.cos(angleX) : 1) * (lastY ? Math.cos(angleY) : 1);
          const angle = (lastX ? 0 : angleX) + (lastY ? 0 : angleY);
          const cosine = gain * Math.cos(angle);
          const sine = gain * Math.sin(angle);
          [re, im] = [re * cosine - im * sine, re * sine + im * cosine];
        }
        add(field, 2 * (row + column), re, im, imaginary);
        if (!mirrored) continue;
        const mirrorColumn = (fieldHeight - column) % fieldHeight;
        add(field, 2 * (mirrorRow + mirrorColumn), re, -im, imaginary);
      }
    }
  }

  private transformColumns(first: number): void {
    const lines = Math.min(LINES_AT_ONCE, this.crop.fieldWidth - first);
    if (!this.columns.read(this.field, first, lines)) return;
    this.columns.forward();
    this.columns.write(this.field, first, lines);
  }

  private transformRows(top: number, planes: readonly [Float32Array, Float32Array]): void {
    const { fieldWidth, fieldHeight, left, width, height } = this.crop;
    const { buffer } = this.rows;
    const lines = Math.min(LINES_AT_ONCE, height - top);
    for (let fx = 0; fx < fieldWidth; fx++) {
      const from = 2 * (fx * fieldHeight + this.crop.top + top);
      const to = 2 * fx * LINES_AT_ONCE;
      for (let i = 0; i < 2 * lines; i++) buffer[to + i] = this.field[from + i]!;
    }
    this.rows.forward();
    const transformed = this.rows.buffer;
    const scale = 1 / (fieldWidth * fieldHeight);
    for (let line = 0; line < lines; line++) {
      const start = (top + line) * width;
      for (let x = 0; x < width; x++) {
        const at = 2 * ((left + x) * LINES_AT_ONCE + line);
        planes[0][start + x] = scale * transformed[at]!;
        planes[1][start + x] = -scale * transformed[at + 1]!;
      }
    }
  }
}

/** Adds the conjugate of re + i im, or of i (re + i im): forward transforms then go backward. */
function add(field: Float32Array, at: number, re: number, im: number, imaginary: boolean): void {
  if (imaginary) {
    field[at] = field[at]! - im;
    field[at + 1] = field[at + 1]! - re;
  } else {
    field[at] = field[at]! + re;
    field[at + 1] = field[at + 1]! - im;
  }
}
