import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Memory outside the heap may grow by this much before somebody looks whether it is still used. */
const TOLERATED_BYTES = 16 * 2 ** 20;

/**
 * A function to call between tasks, which gives back the planes and the memories of kernels that they left. A thread
 * collects them only while it works, so that one which waits for its next task would hold on to all that the last
 * one needed: 180 MB after a specimen was fitted to a megapixel.
 *
 * @param collect collects garbage; @default the engine's own collection
 * @param usedBytes memory outside the heap that is held now, used or not
 */
export function memoryReleaser(
  collect: () => void = garbageCollection(),
  usedBytes: () => number = () => getHeapStatistics().external_memory,
): () => void {
  let kept = usedBytes();
  return () => {
    const used = usedBytes();
    // What was collected is given back in the background, and counts a little longer.
    kept = Math.min(kept, used);
    if (used - kept < TOLERATED_BYTES) return;
    collect();
    kept = usedBytes();
  };
}

/** The engine's collection, which it lends only on request. */
function garbageCollection(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
