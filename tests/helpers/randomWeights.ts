import type { NetworkGraph } from '#core/network/graph';
import { listParameters } from '#core/network/listParameters';
import type { Weights } from '#core/network/Weights';
import { elementCount } from '#core/network/Weights';

/** Numbers between -0.9 and 0.9 that look random and are the same for every run. */
export function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = (seed + 1) * 2_654_435_761;
  return Float32Array.from({ length }, () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1) * 0.9;
  });
}

/**
 * Weights of sound size, so that values neither vanish nor grow through many layers, and batch
 * statistics that are not the neutral ones.
 */
export function randomWeights(graph: NetworkGraph): Weights {
  return new Map(
    listParameters(graph).map(({ name, shape }, index) => {
      const fanIn = elementCount(shape.slice(1));
      const scale = shape.length > 1 ? 2.2 / Math.sqrt(fanIn) : 0.2;
      const centre = /runningVariance|norm\.weight/.test(name) ? 1 : 0;
      const data = noise(elementCount(shape), index).map((value) => centre + value * scale);
      return [name, { shape, data }];
    }),
  );
}
