import type { Kernels } from '#core/util/simd/Kernels';

/** Lines that are transformed together: their samples lie side by side, so that inner loops are long. */
export const LINES_AT_ONCE = 8;

/** Bytes of one position of all lines. */
export const POSITION_BYTES = 2 * LINES_AT_ONCE * Float32Array.BYTES_PER_ELEMENT;

/** What a Fourier transform of one length does, stage by stage. */
export interface FourierStages {
  /** All factors, to be put where kernels find them. */
  readonly twiddles: Float32Array<ArrayBuffer>;
  readonly stages: readonly Stage[];
}

interface Stage {
  readonly radix: 2 | 3 | 4 | 5;
  /** Transforms of this stage, each over `radix` samples that lie `blocks` strides apart. */
  readonly blocks: number;
  /** Bytes of the numbers that share a twiddle factor. */
  readonly strideBytes: number;
  /** Where its factors are among all, in bytes. */
  readonly twiddlesAt: number;
}

/**
 * Stockham's self-sorting algorithm with radices 4, 2, 3 and 5 (Van Loan 1992, Computational Frameworks
 * for the Fast Fourier Transform, 1.7): every stage reads one buffer and writes another, and
 * no reordering is needed.
 *
 * @param length 2^a 3^b 5^c
 * @throws RangeError when the length has a prime factor above 5
 */
export function fourierStages(length: number): FourierStages {
  const stages: Stage[] = [];
  const twiddles: number[] = [];
  let rest = Number.isInteger(length) && length > 0 ? length : NaN;
  let strideBytes = POSITION_BYTES;
  for (const radix of [4, 2, 3, 5] as const) {
    while (rest % radix === 0) {
      const blocks = rest / radix;
      const twiddlesAt = twiddles.length * Float32Array.BYTES_PER_ELEMENT;
      stages.push({ radix, blocks, strideBytes, twiddlesAt });
      addTwiddles(twiddles, rest, radix);
      strideBytes *= radix;
      rest = blocks;
    }
  }
  if (rest !== 1) {
    throw new RangeError(`A Fourier transform needs a length of 2^a 3^b 5^c, not ${length}.`);
  }
  return { stages, twiddles: Float32Array.from(twiddles) };
}

/** Where a transform works, as addresses in bytes. */
interface Places {
  readonly from: number;
  readonly to: number;
  readonly twiddles: number;
}

/**
 * Sum of sample times exp(-2 pi i k n / length), for lines at `from`.
 *
 * @returns where the result is, `from` or `to`; the other holds nothing of use
 */
export function transformLines(
  kernels: Kernels,
  { stages }: FourierStages,
  { from, to, twiddles }: Places,
): number {
  for (const { radix, blocks, strideBytes, twiddlesAt } of stages) {
    kernels[`fourier${radix}`](from, to, blocks, strideBytes, twiddles + twiddlesAt);
    [from, to] = [to, from];
  }
  return from;
}

/** For each block the factors of its outputs 1 to radix - 1, each as (re, re, -im, im). */
function addTwiddles(twiddles: number[], length: number, radix: number): void {
  for (let block = 0; block < length / radix; block++) {
    for (let k = 1; k < radix; k++) {
      const angle = (-2 * Math.PI * block * k) / length;
      const [re, im] = [Math.cos(angle), Math.sin(angle)];
      twiddles.push(re, re, -im, im);
    }
  }
}
