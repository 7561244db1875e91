/**
 * Half widths of the rows of a disc, from the centre row outwards, as ImageJ draws it: row dy reaches
 * floor(sqrt(floor(r^2) + 1 - dy^2)) pixels to either side, so that radius 1 is the square of 3 x 3
 * pixels and radius 0.5 the cross within it.
 *
 * @param radiusPx in pixels, above 0
 */
export function discRows(radiusPx: number): Int32Array {
  const squared = Math.floor(steppedRadius(radiusPx) ** 2) + 1;
  const rows = Math.floor(Math.sqrt(squared + 1e-10));
  return Int32Array.from({ length: rows + 1 }, (_, dy) =>
    Math.floor(Math.sqrt(squared - dy * dy + 1e-10)),
  );
}

/** ImageJ widens two ranges of radii, so that discs stay those of its older versions. */
function steppedRadius(radiusPx: number): number {
  if (radiusPx >= 1.5 && radiusPx < 1.75) return 1.75;
  return radiusPx >= 2.5 && radiusPx < 2.85 ? 2.85 : radiusPx;
}
