import FFT from 'fft.js';

/**
 * Two-dimensional Fourier transforms of real planes whose sides are powers of two.
 *
 * Planes are row-major (y, x). A half spectrum holds the frequencies fx = 0 … width / 2 (rows) by
 * fy = 0 … height - 1 (columns), row-major (fx, fy), interleaved (re, im); the other half
 * is its complex conjugate. Two real planes share one complex transform.
 */
export class Fourier2d {
  readonly width: number;
  readonly height: number;
  /** Frequencies along x in a half spectrum: width / 2 + 1. */
  readonly halfWidth: number;
  private readonly rows: FFT;
  private readonly columns: FFT;
  private readonly plane: Float64Array<ArrayBuffer>;
  private readonly scratch: Float64Array<ArrayBuffer>;

  /** @throws RangeError when a side is not a power of two of at least 2 */
  constructor(width: number, height: number) {
    for (const side of [width, height]) {
      if (side < 2 || 2 ** Math.round(Math.log2(side)) !== side) {
        throw new RangeError(`A Fourier transform of side ${side} is not a power of two.`);
      }
    }
    this.width = width;
    this.height = height;
    this.halfWidth = width / 2 + 1;
    this.rows = new FFT(width);
    this.columns = new FFT(height);
    this.plane = new Float64Array(2 * width * height);
    this.scratch = new Float64Array(2 * width * height);
  }

  /** Samples (re and im counted apart) of one half spectrum. */
  get spectrumLength(): number {
    return 2 * this.halfWidth * this.height;
  }

  /** Transforms two real planes into two half spectra. */
  forwardPair(
    first: Float32Array | Float64Array,
    second: Float32Array | Float64Array,
    firstSpectrum: Float32Array,
    secondSpectrum: Float32Array,
  ): void {
    const { plane, width, height, halfWidth } = this;
    for (let i = 0; i < width * height; i++) {
      plane[2 * i] = first[i]!;
      plane[2 * i + 1] = second[i]!;
    }
    this.forwardInPlace();
    for (let fx = 0; fx < halfWidth; fx++) {
      const mirrorRow = ((width - fx) % width) * height;
      for (let fy = 0; fy < height; fy++) {
        const here = 2 * (fx * height + fy);
        const there = 2 * (mirrorRow + ((height - fy) % height));
        const re = plane[here]!;
        const im = plane[here + 1]!;
        const mirrorRe = plane[there]!;
        const mirrorIm = plane[there + 1]!;
        firstSpectrum[here] = 0.5 * (re + mirrorRe);
        firstSpectrum[here + 1] = 0.5 * (im - mirrorIm);
        secondSpectrum[here] = 0.5 * (im + mirrorIm);
        secondSpectrum[here + 1] = 0.5 * (mirrorRe - re);
      }
    }
  }

  /** Transforms two half spectra back into two real planes. */
  inversePair(
    firstSpectrum: Float32Array | Float64Array,
    secondSpectrum: Float32Array | Float64Array,
    first: Float32Array,
    second: Float32Array,
  ): void {
    const { plane, width, height, halfWidth } = this;
    for (let fx = 0; fx < width; fx++) {
      const mirrored = fx >= halfWidth;
      const row = (mirrored ? width - fx : fx) * height;
      const sign = mirrored ? -1 : 1;
      for (let fy = 0; fy < height; fy++) {
        const from = 2 * (row + (mirrored ? (height - fy) % height : fy));
        const to = 2 * (fx * height + fy);
        plane[to] = firstSpectrum[from]! - sign * secondSpectrum[from + 1]!;
        plane[to + 1] = sign * firstSpectrum[from + 1]! + secondSpectrum[from]!;
      }
    }
    this.inverseInPlace();
    for (let i = 0; i < width * height; i++) {
      first[i] = plane[2 * i]!;
      second[i] = plane[2 * i + 1]!;
    }
  }

  /** From (y, x) to (fx, fy): the result stays transposed, which saves a pass. */
  private forwardInPlace(): void {
    const { width, height, plane, scratch } = this;
    eachRow(plane, scratch, height, width, (out, row) => this.rows.transform(out, row));
    transpose(scratch, plane, height, width);
    eachRow(plane, scratch, width, height, (out, row) => this.columns.transform(out, row));
    plane.set(scratch);
  }

  private inverseInPlace(): void {
    const { width, height, plane, scratch } = this;
    eachRow(plane, scratch, width, height, (out, row) => this.columns.inverseTransform(out, row));
    transpose(scratch, plane, width, height);
    eachRow(plane, scratch, height, width, (out, row) => this.rows.inverseTransform(out, row));
    plane.set(scratch);
  }
}

function eachRow(
  from: Float64Array<ArrayBuffer>,
  to: Float64Array<ArrayBuffer>,
  rowCount: number,
  rowLength: number,
  transform: (out: Float64Array<ArrayBuffer>, row: Float64Array<ArrayBuffer>) => void,
): void {
  for (let row = 0; row < rowCount; row++) {
    const start = 2 * row * rowLength;
    const end = start + 2 * rowLength;
    transform(to.subarray(start, end), from.subarray(start, end));
  }
}

/** Side of the squares that are transposed at once, so that both sides stay in the cache. */
const BLOCK = 16;

function transpose(
  from: Float64Array,
  to: Float64Array,
  rowCount: number,
  rowLength: number,
): void {
  for (let y0 = 0; y0 < rowCount; y0 += BLOCK) {
    const yEnd = Math.min(y0 + BLOCK, rowCount);
    for (let x0 = 0; x0 < rowLength; x0 += BLOCK) {
      const xEnd = Math.min(x0 + BLOCK, rowLength);
      for (let y = y0; y < yEnd; y++) {
        for (let x = x0; x < xEnd; x++) {
          const source = 2 * (y * rowLength + x);
          const target = 2 * (x * rowCount + y);
          to[target] = from[source]!;
          to[target + 1] = from[source + 1]!;
        }
      }
    }
  }
}
