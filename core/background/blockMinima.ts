import type { Plane } from '#core/image/Plane';

const { fround } = Math;

/** The lowest value of each square block of `side` pixels; blocks at the right and lower rim may be cut. */
export function shrinkToMinima({ width, height, data }: Plane, side: number): Plane {
  const smallWidth = Math.ceil(width / side);
  const smallHeight = Math.ceil(height / side);
  const minima = new Float32Array(smallWidth * smallHeight).fill(Infinity);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / side) * smallWidth;
    for (let x = 0; x < width; x++) {
      const block = row + Math.floor(x / side);
      const value = data[y * width + x];
      if (value < minima[block]) minima[block] = value;
    }
  }
  return { width: smallWidth, height: smallHeight, data: minima };
}

/** Blocks back to pixels of a plane of the given size, linear between and beyond the blocks' centres. */
export function enlargeBlocks(
  { width: smallWidth, height: smallHeight, data: blocks }: Plane,
  side: number,
  { width, height }: Pick<Plane, 'width' | 'height'>,
): Plane {
  const data = new Float32Array(width * height);
  const across = blockPositions(width, smallWidth, side);
  const down = blockPositions(height, smallHeight, side);
  for (let y = 0; y < height; y++) {
    const upper = down.before[y] * smallWidth;
    const lower = down.after[y] * smallWidth;
    const up = down.weight[y];
    for (let x = 0; x < width; x++) {
      const left = across.before[x];
      const right = across.after[x];
      const weight = across.weight[x];
      const above = mixed(blocks[upper + left], blocks[upper + right], weight);
      const below = mixed(blocks[lower + left], blocks[lower + right], weight);
      data[y * width + x] = mixed(above, below, up);
    }
  }
  return { width, height, data };
}

/** In 32 bits, as ImageJ: it decides how differences that end in .5 are rounded. */
function mixed(first: number, second: number, weight: number): number {
  return fround(fround(first * weight) + fround(second * fround(1 - weight)));
}

/** For each pixel the blocks on either side and the weight of the first. */
function blockPositions(
  length: number,
  blocks: number,
  side: number,
): { before: Int32Array; after: Int32Array; weight: Float32Array } {
  const before = new Int32Array(length);
  const after = new Int32Array(length);
  const weight = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const first = Math.trunc((i - Math.trunc(side / 2)) / side);
    before[i] = Math.max(0, Math.min(blocks - 2, first));
    after[i] = Math.min(blocks - 1, before[i] + 1);
    weight[i] = 1 - ((i + 0.5) / side - 0.5 - before[i]);
  }
  return { before, after, weight };
}
