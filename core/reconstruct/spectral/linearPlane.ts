/** One height in micrometres, or one for each pixel (y, x). */
export type Heights = number | Float32Array;

/** A measured plane, flat or with relief. */
export interface LikelyInput {
  /** Row-major (y, x). */
  readonly image: Float32Array;
  readonly zUm: Heights;
}

/**
 * Linear interpolation along z, pixel by pixel. Beyond the lowest and the highest plane that plane is taken;
 * planes at one height count as their mean.
 *
 * @returns row-major (y, x)
 */
export function linearPlane({
  inputs,
  targetUm,
}: {
  readonly inputs: readonly LikelyInput[];
  readonly targetUm: Heights;
}): Float32Array<ArrayBuffer> {
  const plane = new Float32Array(inputs[0]!.image.length);
  const below = new Neighbour();
  const above = new Neighbour();
  for (let i = 0; i < plane.length; i++) {
    const target = at(targetUm, i);
    below.distance = above.distance = Infinity;
    for (const { image, zUm } of inputs) {
      const distance = at(zUm, i) - target;
      if (distance <= 0) below.meet(-distance, image[i]!);
      if (distance >= 0) above.meet(distance, image[i]!);
    }
    plane[i] = between(below, above);
  }
  return plane;
}

/** The nearest of the planes on one side of a pixel. */
class Neighbour {
  distance = Infinity;
  private sum = 0;
  private count = 0;

  meet(distance: number, value: number): void {
    if (distance > this.distance) return;
    if (distance < this.distance) this.sum = this.count = 0;
    this.distance = distance;
    this.sum += value;
    this.count++;
  }

  get value(): number {
    return this.sum / this.count;
  }
}

function between(below: Neighbour, above: Neighbour): number {
  if (below.distance === Infinity || above.distance === 0) return above.value;
  if (above.distance === Infinity) return below.value;
  const share = below.distance / (below.distance + above.distance);
  return below.value + share * (above.value - below.value);
}

function at(heights: Heights, i: number): number {
  return typeof heights === 'number' ? heights : heights[i]!;
}
