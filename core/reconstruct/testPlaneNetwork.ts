import { largestDifference, type ModelTestResult } from '#core/network/largestDifference';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import type { PlaneNetwork } from '#core/network/zoo/loadPlaneNetwork';
import { applyPlaneNetwork } from './applyPlaneNetwork';

/** The share of a sample that may be off, beside the absolute tolerance; bioimageio.core has the same. */
const SHARE = 1e-3;

/**
 * Makes the plane of the package's own test, with pre- and postprocessing, and compares; nothing is
 * added at the edges.
 *
 * @throws what reading the test arrays and the executor throw
 */
export async function testPlaneNetwork(
  network: PlaneNetwork,
  executor: NetworkExecutor,
): Promise<ModelTestResult> {
  const { plane, expected } = await network.test();
  const result = await applyPlaneNetwork(plane, { ...network, haloPx: null }, (block, signal) =>
    executor.run(block, signal),
  );
  return {
    ...largestDifference(result, expected, SHARE),
    device: executor.device.description,
  };
}
