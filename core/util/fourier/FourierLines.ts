import type { Kernels } from '#core/util/simd/Kernels';
import { simdWorkspace, type SimdArray } from '#core/util/simd/simdWorkspace';
import { fourierStages, LINES_AT_ONCE, transformLines, type FourierStages } from './fourierStages';

export { LINES_AT_ONCE };

type Samples = SimdArray<Float32Array<ArrayBuffer>>;

/**
 * Complex Fourier transforms of lines of one length 2^a 3^b 5^c, `LINES_AT_ONCE` at a time, in single
 * precision.
 */
export class FourierLines {
  readonly length: number;
  private readonly kernels: Kernels;
  private readonly stages: FourierStages;
  private readonly twiddlesAt: number;
  private from: Samples;
  private to: Samples;

  /** @throws RangeError when the length has a prime factor above 5 */
  constructor(length: number) {
    this.length = length;
    this.stages = fourierStages(length);
    const { twiddles } = this.stages;
    const samples = 2 * length * LINES_AT_ONCE;
    const { kernels, arrays } = simdWorkspace({
      from: ['float32', samples],
      to: ['float32', samples],
      twiddles: ['float32', twiddles.length],
    });
    arrays.twiddles.values.set(twiddles);
    this.kernels = kernels;
    this.twiddlesAt = arrays.twiddles.at;
    this.from = arrays.from;
    this.to = arrays.to;
  }

  /** Samples to transform, (position in the line, line, re and im); the result stands here too. */
  get buffer(): Float32Array<ArrayBuffer> {
    return this.from.values;
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
    const { from, to, kernels, stages, twiddlesAt } = this;
    const places = { from: from.at, to: to.at, twiddles: twiddlesAt };
    if (transformLines(kernels, stages, places) === to.at) [this.from, this.to] = [to, from];
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
