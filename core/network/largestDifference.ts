/** What a model's own test gave. */
export interface ModelTestResult extends Difference {
  /** What computed. */
  readonly device: string;
}

/** How far a result is from what it should be, in the units of both. */
export interface Difference {
  readonly maxDifference: number;
  /** What passes, and besides it the share that was asked for of each expected sample. */
  readonly tolerance: number;
  readonly passed: boolean;
}

const TOLERANCE = 1e-3;

/**
 * Compares a result with what a package says must come out.
 *
 * @param share what passes besides 0.001, as a share of the expected sample
 */
export function largestDifference(
  result: Float32Array,
  expected: Float32Array,
  share = 0,
): Difference {
  let maxDifference = result.length === expected.length ? 0 : Infinity;
  let passed = result.length === expected.length;
  for (let i = 0; i < result.length; i++) {
    const wanted = expected[i] ?? NaN;
    const difference = Math.abs((result[i] ?? NaN) - wanted);
    // A difference that is no number must not pass.
    maxDifference = Number.isNaN(difference) ? Infinity : Math.max(maxDifference, difference);
    passed &&= difference <= TOLERANCE + share * Math.abs(wanted);
  }
  return { maxDifference, tolerance: TOLERANCE, passed };
}
