import type { PixelArray } from '#core/image/PixelType';
import { simdWorkspace } from '#core/util/simd/simdWorkspace';

/** Projections that take one plane after the other. */
export type RunningProjection = 'max' | 'min' | 'mean' | 'sum' | 'std';

/** Takes the planes of a projection one by one. */
export interface ProjectionSums {
  /** Takes one plane more, of the same type as the others. */
  add(values: PixelArray): void;
  /** The projection of what was taken; a pixel without any number is NaN. */
  result(): PixelArray;
}

/**
 * Projects planes of `length` samples along the third axis. NaN is left out. Sums are kept in double
 * precision; std is the sample standard deviation (divided by n - 1, as in ImageJ), 0 for a single
 * value; of fractions by the method of Welford 1962, doi:10.1080/00401706.1962.10490022. max and min keep the type
 * of the planes, the others give float32.
 */
export function projectionSums(method: RunningProjection, length: number): ProjectionSums {
  let sums: ProjectionSums | null = null;
  return {
    add(values) {
      sums ??= sumsLike(values, method);
      sums.add(values);
    },
    result: () => sums?.result() ?? new Float32Array(length).fill(Number.NaN),
  };
}

/** Empty sums for planes of the type and length of `first`. */
function sumsLike(first: PixelArray, method: RunningProjection): ProjectionSums {
  const areNumbers = first instanceof Float32Array;
  switch (method) {
    case 'max':
    case 'min':
      return areNumbers ? numberExtremes(method) : integerExtremes(method, first);
    case 'std':
      return areNumbers ? numberDeviations(first.length) : integerDeviations(first.length);
    default:
      return areNumbers ? numberSums(method, first.length) : integerSums(method, first.length);
  }
}

function integerExtremes(
  method: 'max' | 'min',
  first: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
): ProjectionSums {
  const bytes = first.byteLength;
  const room = ['float32', 4 * Math.ceil(bytes / 16)] as const;
  const { kernels, arrays } = simdWorkspace({ best: room, next: room });
  const isBytes = first instanceof Uint8Array;
  const [best, next] = [arrays.best, arrays.next].map(({ at, values }) =>
    isBytes
      ? new Uint8Array(values.buffer, at, first.length)
      : new Uint16Array(values.buffer, at, first.length),
  );
  const take = kernels[`${method}${isBytes ? 8 : 16}`];
  best.set(first);
  return {
    add(values) {
      next.set(values);
      take(arrays.best.at, arrays.next.at, bytes);
    },
    result: () => best.slice(),
  };
}

function numberExtremes(method: 'max' | 'min'): ProjectionSums {
  let best: Float32Array<ArrayBuffer> = new Float32Array(0);
  const raise = method === 'max' ? raiseTo : lowerTo;
  return {
    add(values) {
      if (best.length === 0) best = new Float32Array(values);
      else raise(best, values);
    },
    result: () => best,
  };
}

// A loop for each comparison: one shared loop would cost a multiplication per sample.
function raiseTo(best: Float32Array, values: PixelArray): void {
  for (let i = 0; i < best.length; i++) {
    const value = values[i];
    const old = best[i];
    // Only NaN differs from itself.
    if (value > old || old !== old) best[i] = value;
  }
}

function lowerTo(best: Float32Array, values: PixelArray): void {
  for (let i = 0; i < best.length; i++) {
    const value = values[i];
    const old = best[i];
    if (value < old || old !== old) best[i] = value;
  }
}

function integerSums(method: 'mean' | 'sum', length: number): ProjectionSums {
  const room = 4 * Math.ceil(length / 4);
  const { kernels, arrays } = simdWorkspace({
    totals: ['float64', room],
    next: ['float32', room / 2],
  });
  const next = new Uint16Array(arrays.next.values.buffer, arrays.next.at, length);
  let planes = 0;
  return {
    add(values) {
      planes += 1;
      next.set(values);
      kernels.addShorts(arrays.totals.at, arrays.next.at, length);
    },
    result() {
      const projected = new Float32Array(length);
      const count = method === 'sum' ? 1 : planes;
      for (let i = 0; i < length; i++) projected[i] = arrays.totals.values[i] / count;
      return projected;
    },
  };
}

function numberSums(method: 'mean' | 'sum', length: number): ProjectionSums {
  const totals = new Float64Array(length);
  const missing = new Uint32Array(length);
  let planes = 0;
  return {
    add(values) {
      planes += 1;
      addNumbers(totals, missing, values);
    },
    result() {
      const projected = new Float32Array(length);
      for (let i = 0; i < length; i++) {
        const count = planes - missing[i];
        if (count === 0) projected[i] = Number.NaN;
        else projected[i] = method === 'sum' ? totals[i] : totals[i] / count;
      }
      return projected;
    },
  };
}

function addNumbers(totals: Float64Array, missing: Uint32Array, values: PixelArray): void {
  for (let i = 0; i < totals.length; i++) {
    const value = values[i];
    if (value === value) totals[i] += value;
    else missing[i] += 1;
  }
}

/** Sums of integers and of their squares are exact in double precision, for a thousand planes and more. */
function integerDeviations(length: number): ProjectionSums {
  const totals = new Float64Array(length);
  const squares = new Float64Array(length);
  let planes = 0;
  return {
    add(values) {
      planes += 1;
      for (let i = 0; i < length; i++) {
        const value = values[i];
        totals[i] += value;
        squares[i] += value * value;
      }
    },
    result() {
      const projected = new Float32Array(length);
      const pairs = Math.max(1, planes * (planes - 1));
      for (let i = 0; i < length; i++) {
        projected[i] = Math.sqrt(Math.max(0, planes * squares[i] - totals[i] * totals[i]) / pairs);
      }
      return projected;
    },
  };
}

function numberDeviations(length: number): ProjectionSums {
  const means = new Float64Array(length);
  const squares = new Float64Array(length);
  const counts = new Uint32Array(length);
  return {
    add(values) {
      for (let i = 0; i < length; i++) {
        const value = values[i];
        if (value !== value) continue;
        const apart = value - means[i];
        means[i] += apart / ++counts[i];
        squares[i] += apart * (value - means[i]);
      }
    },
    result() {
      const projected = new Float32Array(length);
      for (let i = 0; i < length; i++) {
        if (counts[i] === 0) projected[i] = Number.NaN;
        else if (counts[i] > 1) projected[i] = Math.sqrt(squares[i] / (counts[i] - 1));
      }
      return projected;
    },
  };
}
