import type { PixelArray } from '#core/image/PixelType';

/** Projections that take one plane after the other. */
export type RunningProjection = 'max' | 'min' | 'mean' | 'sum' | 'std';

/** Takes the planes of a projection one by one. */
export interface ProjectionSums {
  /** Takes one plane more. */
  add(values: PixelArray): void;
  /** The projection of what was taken: max and min in its type, others in 32 bits; NaN where there is no number. */
  result(): PixelArray;
}

/**
 * Projects planes of `length` samples along the third axis. NaN is left out. Sums are kept in double
 * precision; std is the sample standard deviation (divided by n - 1, as in ImageJ), 0 for a single
 * value, by the method of Welford 1962, doi:10.1080/00401706.1962.10490022.
 */
export function projectionSums(method: RunningProjection, length: number): ProjectionSums {
  if (method === 'max' || method === 'min') return extremes(method);
  return method === 'std' ? deviations(length) : sums(method, length);
}

function extremes(method: 'max' | 'min'): ProjectionSums {
  let best: PixelArray | null = null;
  return {
    add(values) {
      if (best === null) best = values.slice();
      else if (values instanceof Float32Array) takeNumbers(method, best, values);
      else if (method === 'max') raiseTo(best, values);
      else lowerTo(best, values);
    },
    result: () => best ?? new Float32Array(0),
  };
}

// A loop for each comparison: one shared loop would cost a multiplication per sample.
function raiseTo(best: PixelArray, values: PixelArray): void {
  for (let i = 0; i < best.length; i++) if (values[i] > best[i]) best[i] = values[i];
}

function lowerTo(best: PixelArray, values: PixelArray): void {
  for (let i = 0; i < best.length; i++) if (values[i] < best[i]) best[i] = values[i];
}

/** The same where some values may be no number, which any number beats. */
function takeNumbers(method: 'max' | 'min', best: PixelArray, values: Float32Array): void {
  for (let i = 0; i < best.length; i++) {
    const value = values[i];
    const old = best[i];
    if (Number.isNaN(old) || (method === 'max' ? value > old : value < old)) best[i] = value;
  }
}

function sums(method: 'mean' | 'sum', length: number): ProjectionSums {
  const totals = new Float64Array(length);
  const counts = new Uint32Array(length);
  return {
    add(values) {
      for (let i = 0; i < length; i++) {
        const value = values[i];
        if (Number.isNaN(value)) continue;
        totals[i] += value;
        counts[i]++;
      }
    },
    result: () =>
      Float32Array.from(totals, (total, i) => {
        if (counts[i] === 0) return Number.NaN;
        return method === 'sum' ? total : total / counts[i];
      }),
  };
}

function deviations(length: number): ProjectionSums {
  const means = new Float64Array(length);
  const squares = new Float64Array(length);
  const counts = new Uint32Array(length);
  return {
    add(values) {
      for (let i = 0; i < length; i++) {
        const value = values[i];
        if (Number.isNaN(value)) continue;
        const apart = value - means[i];
        means[i] += apart / ++counts[i];
        squares[i] += apart * (value - means[i]);
      }
    },
    result: () =>
      Float32Array.from(squares, (square, i) => {
        if (counts[i] === 0) return Number.NaN;
        return counts[i] === 1 ? 0 : Math.sqrt(square / (counts[i] - 1));
      }),
  };
}
