/** How far layers lie beyond the planes, in depths of focus: what is far from all planes looks nearly alike. */
const BEYOND_PLANES = [1, 2.5, 5];

/**
 * Heights of layers of light: a depth of focus apart between the lowest and the highest plane, further apart beyond.
 *
 * @param rangeUm the lowest and highest plane, in micrometres
 * @param beyond distances of further layers below and above, rising, in depths of focus
 * @returns rising, in micrometres
 */
export function layerHeights(
  [lowest, highest]: readonly [number, number],
  focusUm: number,
  beyond: readonly number[] = BEYOND_PLANES,
): number[] {
  const count = Math.ceil((highest - lowest) / focusUm) + 1;
  const between = Array.from({ length: count }, (_, i) => lowest + i * focusUm);
  const top = between.at(-1)!;
  return [
    ...beyond.toReversed().map((distance) => lowest - distance * focusUm),
    ...between,
    ...beyond.map((distance) => top + distance * focusUm),
  ];
}
