/** Lines that are transformed together: their samples lie side by side, so that inner loops are long. */
export const LINES_AT_ONCE = 8;

/**
 * Complex Fourier transforms of lines of one length 2^a 3^b 5^c, `LINES_AT_ONCE` at a time.
 *
 * Stockham's self-sorting algorithm with radices 4, 2, 3 and 5 (Van Loan 1992, Computational Frameworks
 * for the Fast Fourier Transform, 1.7): every stage reads one buffer and writes another, and
 * no reordering is needed.
 */
export class FourierLines {
  readonly length: number;
  /** Samples to transform, (position in the line, line, re and im); the result stands here too. */
  buffer: Float64Array<ArrayBuffer>;
  private other: Float64Array<ArrayBuffer>;
  private readonly stages: readonly Stage[];

  /** @throws RangeError when the length has a prime factor above 5 */
  constructor(length: number) {
    this.length = length;
    this.stages = stagesOf(length);
    this.buffer = new Float64Array(2 * length * LINES_AT_ONCE);
    this.other = new Float64Array(2 * length * LINES_AT_ONCE);
  }

  /**
   * Puts lines of a block into the buffer.
   *
   * @param block lines of `length` complex samples, one after the other
   * @param first the first of them
   * @param count at most `LINES_AT_ONCE`
   * @returns whether any sample is not 0
   */
  read(block: Float32Array, first: number, count: number): boolean {
    const { buffer, length } = this;
    let light = false;
    for (let line = 0; line < count; line++) {
      const start = 2 * (first + line) * length;
      for (let i = 0; i < length; i++) {
        const at = 2 * (i * LINES_AT_ONCE + line);
        buffer[at] = block[start + 2 * i]!;
        buffer[at + 1] = block[start + 2 * i + 1]!;
        if (buffer[at] !== 0 || buffer[at + 1] !== 0) light = true;
      }
    }
    return light;
  }

  /** Puts lines of the buffer back into a block; the counterpart of `read`. */
  write(block: Float32Array, first: number, count: number): void {
    const { buffer, length } = this;
    for (let line = 0; line < count; line++) {
      const start = 2 * (first + line) * length;
      for (let i = 0; i < length; i++) {
        const at = 2 * (i * LINES_AT_ONCE + line);
        block[start + 2 * i] = buffer[at]!;
        block[start + 2 * i + 1] = buffer[at + 1]!;
      }
    }
  }

  /** Sum of sample times exp(-2 pi i k n / length). */
  forward(): void {
    for (const stage of this.stages) {
      BUTTERFLIES[stage.radix](this.buffer, this.other, stage);
      [this.buffer, this.other] = [this.other, this.buffer];
    }
  }
}

/** The smallest even length of at least `atLeast` that has no prime factor above 5. */
export function goodFourierLength(atLeast: number): number {
  for (let length = Math.max(2, Math.ceil(atLeast / 2) * 2); ; length += 2) {
    let rest = length;
    for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
    if (rest === 1) return length;
  }
}

type Radix = 2 | 3 | 4 | 5;

interface Stage {
  readonly radix: Radix;
  /** Transforms of this stage, each over `radix` samples that lie `blocks * stride` apart. */
  readonly blocks: number;
  /** Numbers (re and im apart) that share a twiddle factor. */
  readonly stride: number;
  /** For each block, the factors of its outputs 1 to radix - 1. */
  readonly twiddles: Float64Array<ArrayBuffer>;
}

function stagesOf(length: number): Stage[] {
  const stages: Stage[] = [];
  let rest = Number.isInteger(length) && length > 0 ? length : NaN;
  let stride = 2 * LINES_AT_ONCE;
  for (const radix of [4, 2, 3, 5] as const) {
    while (rest % radix === 0) {
      const blocks = rest / radix;
      stages.push({ radix, blocks, stride, twiddles: twiddlesOf(rest, radix) });
      stride *= radix;
      rest = blocks;
    }
  }
  if (rest !== 1) {
    throw new RangeError(`A Fourier transform needs a length of 2^a 3^b 5^c, not ${length}.`);
  }
  return stages;
}

function twiddlesOf(length: number, radix: Radix): Float64Array<ArrayBuffer> {
  const blocks = length / radix;
  const twiddles = new Float64Array(2 * blocks * (radix - 1));
  for (let block = 0; block < blocks; block++) {
    for (let k = 1; k < radix; k++) {
      const angle = (-2 * Math.PI * block * k) / length;
      const at = 2 * (block * (radix - 1) + k - 1);
      twiddles[at] = Math.cos(angle);
      twiddles[at + 1] = Math.sin(angle);
    }
  }
  return twiddles;
}

type Butterfly = (from: Float64Array, to: Float64Array, stage: Stage) => void;

const BUTTERFLIES: { readonly [radix in Radix]: Butterfly } = {
  2: radixTwo,
  3: radixThree,
  4: radixFour,
  5: radixFive,
};

function radixTwo(from: Float64Array, to: Float64Array, stage: Stage): void {
  const { blocks, stride, twiddles } = stage;
  const apart = blocks * stride;
  for (let block = 0; block < blocks; block++) {
    const wr = twiddles[2 * block]!;
    const wi = twiddles[2 * block + 1]!;
    const source = block * stride;
    const target = 2 * source;
    for (let q = 0; q < stride; q += 2) {
      const i = source + q;
      const o = target + q;
      const ar = from[i]!;
      const ai = from[i + 1]!;
      const br = from[i + apart]!;
      const bi = from[i + apart + 1]!;
      to[o] = ar + br;
      to[o + 1] = ai + bi;
      const dr = ar - br;
      const di = ai - bi;
      to[o + stride] = dr * wr - di * wi;
      to[o + stride + 1] = dr * wi + di * wr;
    }
  }
}

const SIN_60 = Math.sqrt(3) / 2;

function radixThree(from: Float64Array, to: Float64Array, stage: Stage): void {
  const { blocks, stride, twiddles } = stage;
  const apart = blocks * stride;
  for (let block = 0; block < blocks; block++) {
    const w1r = twiddles[4 * block]!;
    const w1i = twiddles[4 * block + 1]!;
    const w2r = twiddles[4 * block + 2]!;
    const w2i = twiddles[4 * block + 3]!;
    const source = block * stride;
    const target = 3 * source;
    for (let q = 0; q < stride; q += 2) {
      const i = source + q;
      const o = target + q;
      const ar = from[i]!;
      const ai = from[i + 1]!;
      const br = from[i + apart]!;
      const bi = from[i + apart + 1]!;
      const cr = from[i + 2 * apart]!;
      const ci = from[i + 2 * apart + 1]!;
      const sr = br + cr;
      const si = bi + ci;
      const mr = ar - 0.5 * sr;
      const mi = ai - 0.5 * si;
      const dr = SIN_60 * (bi - ci);
      const di = SIN_60 * (cr - br);
      to[o] = ar + sr;
      to[o + 1] = ai + si;
      const pr = mr + dr;
      const pi = mi + di;
      to[o + stride] = pr * w1r - pi * w1i;
      to[o + stride + 1] = pr * w1i + pi * w1r;
      const nr = mr - dr;
      const ni = mi - di;
      to[o + 2 * stride] = nr * w2r - ni * w2i;
      to[o + 2 * stride + 1] = nr * w2i + ni * w2r;
    }
  }
}

function radixFour(from: Float64Array, to: Float64Array, stage: Stage): void {
  const { blocks, stride, twiddles } = stage;
  const apart = blocks * stride;
  for (let block = 0; block < blocks; block++) {
    const w1r = twiddles[6 * block]!;
    const w1i = twiddles[6 * block + 1]!;
    const w2r = twiddles[6 * block + 2]!;
    const w2i = twiddles[6 * block + 3]!;
    const w3r = twiddles[6 * block + 4]!;
    const w3i = twiddles[6 * block + 5]!;
    const source = block * stride;
    const target = 4 * source;
    for (let q = 0; q < stride; q += 2) {
      const i = source + q;
      const o = target + q;
      const ar = from[i]! + from[i + 2 * apart]!;
      const ai = from[i + 1]! + from[i + 2 * apart + 1]!;
      const br = from[i]! - from[i + 2 * apart]!;
      const bi = from[i + 1]! - from[i + 2 * apart + 1]!;
      const cr = from[i + apart]! + from[i + 3 * apart]!;
      const ci = from[i + apart + 1]! + from[i + 3 * apart + 1]!;
      const dr = from[i + apart + 1]! - from[i + 3 * apart + 1]!;
      const di = from[i + 3 * apart]! - from[i + apart]!;
      to[o] = ar + cr;
      to[o + 1] = ai + ci;
      const pr = br + dr;
      const pi = bi + di;
      to[o + stride] = pr * w1r - pi * w1i;
      to[o + stride + 1] = pr * w1i + pi * w1r;
      const mr = ar - cr;
      const mi = ai - ci;
      to[o + 2 * stride] = mr * w2r - mi * w2i;
      to[o + 2 * stride + 1] = mr * w2i + mi * w2r;
      const nr = br - dr;
      const ni = bi - di;
      to[o + 3 * stride] = nr * w3r - ni * w3i;
      to[o + 3 * stride + 1] = nr * w3i + ni * w3r;
    }
  }
}

const COS_72 = Math.cos((2 * Math.PI) / 5);
const COS_144 = Math.cos((4 * Math.PI) / 5);
const SIN_72 = Math.sin((2 * Math.PI) / 5);
const SIN_144 = Math.sin((4 * Math.PI) / 5);

function radixFive(from: Float64Array, to: Float64Array, stage: Stage): void {
  const { blocks, stride, twiddles } = stage;
  const apart = blocks * stride;
  for (let block = 0; block < blocks; block++) {
    const source = block * stride;
    const target = 5 * source;
    for (let q = 0; q < stride; q += 2) {
      const i = source + q;
      const o = target + q;
      const ar = from[i]!;
      const ai = from[i + 1]!;
      const s1r = from[i + apart]! + from[i + 4 * apart]!;
      const s1i = from[i + apart + 1]! + from[i + 4 * apart + 1]!;
      const d1r = from[i + apart]! - from[i + 4 * apart]!;
      const d1i = from[i + apart + 1]! - from[i + 4 * apart + 1]!;
      const s2r = from[i + 2 * apart]! + from[i + 3 * apart]!;
      const s2i = from[i + 2 * apart + 1]! + from[i + 3 * apart + 1]!;
      const d2r = from[i + 2 * apart]! - from[i + 3 * apart]!;
      const d2i = from[i + 2 * apart + 1]! - from[i + 3 * apart + 1]!;
      to[o] = ar + s1r + s2r;
      to[o + 1] = ai + s1i + s2i;
      const m1r = ar + COS_72 * s1r + COS_144 * s2r;
      const m1i = ai + COS_72 * s1i + COS_144 * s2i;
      const m2r = ar + COS_144 * s1r + COS_72 * s2r;
      const m2i = ai + COS_144 * s1i + COS_72 * s2i;
      const n1r = SIN_72 * d1i + SIN_144 * d2i;
      const n1i = -SIN_72 * d1r - SIN_144 * d2r;
      const n2r = SIN_144 * d1i - SIN_72 * d2i;
      const n2i = -SIN_144 * d1r + SIN_72 * d2r;
      const at = 8 * block;
      turn(to, o + stride, m1r + n1r, m1i + n1i, twiddles, at);
      turn(to, o + 2 * stride, m2r + n2r, m2i + n2i, twiddles, at + 2);
      turn(to, o + 3 * stride, m2r - n2r, m2i - n2i, twiddles, at + 4);
      turn(to, o + 4 * stride, m1r - n1r, m1i - n1i, twiddles, at + 6);
    }
  }
}

function turn(
  to: Float64Array,
  at: number,
  re: number,
  im: number,
  twiddles: Float64Array,
  twiddle: number,
): void {
  const wr = twiddles[twiddle]!;
  const wi = twiddles[twiddle + 1]!;
  to[at] = re * wr - im * wi;
  to[at + 1] = re * wi + im * wr;
}
