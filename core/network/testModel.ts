import { largestDifference, type ModelTestResult } from './largestDifference';
import type { ModelPackage } from './loadModelPackage';
import type { NetworkExecutor } from './NetworkExecutor';

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
  // The block may move away to another thread, and the test stays.
  const data = input.data.slice();
  const result = await executor.run({ inputCount, height, width, data }, signal);
  return { ...largestDifference(result, output.data), device: executor.device.description };
}
