/**
 * How much of the height each layer stands for: half the way to either neighbour, as much for the outermost.
 *
 * @param heights rising, two or more
 */
export function layerThickness(heights: readonly number[]): number[] {
  return heights.map((_, i) => {
    const [below, above] = [Math.max(0, i - 1), Math.min(heights.length - 1, i + 1)];
    return (heights[above]! - heights[below]!) / (above - below);
  });
}
