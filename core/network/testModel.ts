import type { ModelPackage } from './loadModelPackage';
import type { NetworkExecutor } from './NetworkExecutor';

/** What a model's own test gave. */
export interface ModelTestResult {
  /** Largest difference between what came out and what the package says, in normalised units. */
  readonly maxDifference: number;
  readonly tolerance: number;
  readonly passed: boolean;
  /** What computed. */
  readonly device: string;
}

/** Largest difference that passes, in normalised units. */
export const MODEL_TEST_TOLERANCE = 1e-3;

/**
 * Runs the test arrays of a package and compares.
 *
 * @throws what the executor throws; RangeError when the arrays have the wrong number of axes
 */
export async function testModel(
  model: ModelPackage,
  executor: NetworkExecutor,
  signal?: AbortSignal,
): Promise<ModelTestResult> {
  const { input, output } = model.test;
  const [inputCount, , height, width] = input.shape;
  if (inputCount === undefined || height === undefined || width === undefined) {
    throw new RangeError('The test input must have axes (m, channel, y, x).');
  }
  const data = input.data.slice();
  const result = await executor.run({ inputCount, height, width, data }, signal);
  let maxDifference = result.length === output.data.length ? 0 : Infinity;
  for (let i = 0; i < result.length; i++) {
    const difference = Math.abs((result[i] ?? NaN) - (output.data[i] ?? NaN));
    // A difference that is no number must not pass.
    maxDifference = Number.isNaN(difference) ? Infinity : Math.max(maxDifference, difference);
  }
  return {
    maxDifference,
    tolerance: MODEL_TEST_TOLERANCE,
    passed: maxDifference <= MODEL_TEST_TOLERANCE,
    device: executor.device.description,
  };
}
