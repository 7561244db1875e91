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
  if (method === 'max' || method === 'min') return extremes(method, length);
  return method === 'std' ? deviations(length) : sums(method, length);
}

function extremes(method: 'max' | 'min', length: number): ProjectionSums {
  let best: ProjectionSums | null = null;
  return {
    add(values) {
      best ??=
        values instanceof Float32Array ? numberExtremes(method) : integerExtremes(method, values);
      best.add(values);
    },
    result: () => best?.result() ?? new Float32Array(length).fill(Number.NaN),
  };
}

/** Of planes like the first one, which has to be added too. */
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

function sums(method: 'mean' | 'sum', length: number): ProjectionSums {
  const totals = new Float64Array(length);
  const missing = new Uint32Array(length);
  let planes = 0;
  return {
    add(values) {
      planes += 1;
      if (values instanceof Float32Array) addNumbers(totals, missing, values);
      else addIntegers(totals, values);
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

function addIntegers(totals: Float64Array, values: Uint8Array | Uint16Array): void {
  for (let i = 0; i < totals.length; i++) totals[i] += values[i];
}

function addNumbers(totals: Float64Array, missing: Uint32Array, values: Float32Array): void {
  for (let i = 0; i < totals.length; i++) {
    const value = values[i];
    if (value === value) totals[i] += value;
    else missing[i] += 1;
  }
}

function deviations(length: number): ProjectionSums {
  let sums: ProjectionSums | null = null;
  return {
    add(values) {
      sums ??=
        values instanceof Float32Array ? numberDeviations(length) : integerDeviations(length);
      sums.add(values);
    },
    result: () => sums?.result() ?? new Float32Array(length).fill(Number.NaN),
  };
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
