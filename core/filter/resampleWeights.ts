/** How pixels are interpolated when an image is scaled. */
export const INTERPOLATIONS = ['nearest', 'linear', 'cubic', 'area'] as const;

/** One of `INTERPOLATIONS`. */
export type Interpolation = (typeof INTERPOLATIONS)[number];

/** Which input samples make each output sample: `weights[starts[i] ..< starts[i + 1]]` from `first[i]` on. */
export interface ResampleWeights {
  readonly first: Int32Array;
  readonly starts: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Weights that bring a line of `from` samples to `to` samples. Samples are areas: the ends of both
 * lines coincide, so output i stands at (i + 0.5) * from / to - 0.5 of the input. When the line gets
 * shorter, linear and cubic kernels widen with the step, so that fine detail is averaged instead of
 * aliased; "area" weighs each sample by the length that an output sample covers of it, which keeps the
 * mean; "nearest" takes the one sample below the centre. Weights beyond the ends are left out and the
 * others sum to 1. The cubic kernel is that of Keys 1981 (a = -0.5), doi:10.1109/TASSP.1981.1163711.
 */
export function resampleWeights(from: number, to: number, how: Interpolation): ResampleWeights {
  const first = new Int32Array(to);
  const starts = new Int32Array(to + 1);
  const weights: number[] = [];
  for (let i = 0; i < to; i++) {
    const line = lineWeights(i, from, to, how);
    // Weights of exactly 0 at the ends must not carry a NaN over.
    const begin = line.weights.findIndex((weight) => weight !== 0);
    const end = line.weights.findLastIndex((weight) => weight !== 0) + 1;
    const used = line.weights.slice(begin, end);
    const total = used.reduce((sum, weight) => sum + weight, 0);
    first[i] = line.first + begin;
    weights.push(...used.map((weight) => weight / total));
    starts[i + 1] = weights.length;
  }
  return { first, starts, weights: Float64Array.from(weights) };
}

interface LineWeights {
  readonly first: number;
  readonly weights: number[];
}

function lineWeights(i: number, from: number, to: number, how: Interpolation): LineWeights {
  const step = from / to;
  if (how === 'nearest') {
    return { first: Math.min(from - 1, Math.floor((i + 0.5) * step)), weights: [1] };
  }
  if (how === 'area') return coveredLengths(i, from, to);
  const [kernel, support] = how === 'linear' ? [triangle, 1] : [keysCubic, 2];
  const widening = Math.max(1, step);
  const centre = (i + 0.5) * step - 0.5;
  const first = Math.max(0, Math.ceil(centre - support * widening));
  const last = Math.min(from - 1, Math.floor(centre + support * widening));
  const weights = Array.from({ length: last - first + 1 }, (_, k) =>
    kernel(Math.abs(first + k - centre) / widening),
  );
  return { first, weights };
}

/** Lengths in units of 1 / to, so that whole numbers stay exact. */
function coveredLengths(i: number, from: number, to: number): LineWeights {
  const [begin, end] = [i * from, (i + 1) * from];
  const first = Math.floor(begin / to);
  const last = Math.ceil(end / to) - 1;
  const weights = Array.from({ length: last - first + 1 }, (_, k) => {
    const left = (first + k) * to;
    return Math.min(end, left + to) - Math.max(begin, left);
  });
  return { first, weights };
}

function triangle(distance: number): number {
  return Math.max(0, 1 - distance);
}

function keysCubic(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  if (distance < 2) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return 0;
}
