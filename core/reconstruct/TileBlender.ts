import type { Tile } from './planTiles';

/**
 * Joins the results of tiles into one plane. Near a seam both neighbours count, each with a share that
 * falls linearly over the width of the blend, so that no step is left where they differ.
 */
export class TileBlender {
  readonly #width: number;
  readonly #height: number;
  readonly #sum: Float32Array<ArrayBuffer>;
  readonly #weight: Float32Array<ArrayBuffer>;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#sum = new Float32Array(width * height);
    this.#weight = new Float32Array(width * height);
  }

  /** Adds a tile. `values` has the size of the tile's block, row-major (y, x). */
  add(tile: Tile, values: Float32Array): void {
    const { block, core, blendPx } = tile;
    const across = rampWeights(core.x, core.width, blendPx, this.#width);
    const down = rampWeights(core.y, core.height, blendPx, this.#height);
    const [sums, totals, weights] = [this.#sum, this.#weight, across.weights];
    down.weights.forEach((rowWeight, rowIndex) => {
      const y = down.start + rowIndex;
      const from = (y - block.y) * block.width - block.x + across.start;
      const to = y * this.#width + across.start;
      for (let i = 0; i < weights.length; i++) {
        const weight = rowWeight * weights[i]!;
        sums[to + i]! += weight * values[from + i]!;
        totals[to + i]! += weight;
      }
    });
  }

  /** The joined plane, once; every pixel must have been covered. */
  finish(): Float32Array<ArrayBuffer> {
    const [plane, totals] = [this.#sum, this.#weight];
    for (let i = 0; i < plane.length; i++) plane[i]! /= totals[i]!;
    return plane;
  }
}

/** Weight 1 inside, falling linearly through 1/2 at the seam; no fading at the edge of the image. */
function rampWeights(
  start: number,
  length: number,
  blendPx: number,
  imageLength: number,
): { start: number; weights: Float64Array } {
  const end = start + length;
  const from = Math.max(0, start - blendPx);
  const to = Math.min(imageLength, end + blendPx);
  const weights = new Float64Array(to - from);
  for (let i = 0; i < weights.length; i++) {
    const centre = from + i + 0.5;
    const left = start === 0 ? 1 : (centre - start) / (2 * blendPx) + 0.5;
    const right = end === imageLength ? 1 : (end - centre) / (2 * blendPx) + 0.5;
    weights[i] = blendPx === 0 ? 1 : Math.max(0, Math.min(1, left, right));
  }
  return { start: from, weights };
}
