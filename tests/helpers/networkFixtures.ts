import { readFileSync } from 'node:fs';
import type { WeightedGraph } from '#core/network/foldBatchNorm';
import { parseGraph } from '#core/network/parseGraph';
import { readNpy } from '#core/network/readNpy';
import { readSafetensors } from '#core/network/readSafetensors';
import type { Tensor } from '#core/network/Weights';

const FOLDER = 'tests/fixtures/network';

/** A small Recurrent-MZ (4 channels, 3 levels) with random weights. */
export function smallNetwork(variant: 'plain' | 'anchored'): WeightedGraph {
  return {
    graph: parseGraph(readFileSync(`${FOLDER}/${variant}.json`, 'utf8')),
    weights: readSafetensors(readFileSync(`${FOLDER}/weights.safetensors`)),
  };
}

/** An array of the fixture folder: `images3`, or what PyTorch made of it, `plain3`. */
export function networkArray(name: string): Tensor {
  return readNpy(readFileSync(`${FOLDER}/${name}.npy`));
}

/** Largest difference of two arrays; infinite when their lengths differ or a value is no number. */
export function maxDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < one.length; i++) {
    const difference = Math.abs(one[i] - other[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
