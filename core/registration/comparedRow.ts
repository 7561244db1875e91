import type { PlaneMap } from './PlaneMap';
import { interpolateRow, overlapOfRow } from './mappedRow';
import type { RegistrationLevel } from './registrationPyramid';

/**
 * The reference under row `y` of the moving level: `line[x]` is its value at `map` (x, y) for x from
 * `range[0]` up to but not including `range[1]`, and NaN where a mask says that the pixel of either
 * level (the nearest one, for the reference) does not count.
 *
 * @param map maps moving pixels to reference pixels of this level
 * @param range receives the columns whose mapped position lies inside the reference
 * @param line receives the values; as long as a row of the moving level
 */
export function comparedRow(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
  y: number,
  range: Int32Array,
  line: Float64Array,
): void {
  overlapOfRow(map, y, moving.width, reference, range);
  const [first, end] = range;
  if (first >= end) return;
  interpolateRow(reference.spline, map, y, first, end, line);
  if (moving.mask) hideMasked(moving.mask, y * moving.width, first, end, line);
  if (reference.mask) hideUnderMap(reference, reference.mask, map, y, first, end, line);
}

function hideMasked(
  mask: Uint8Array,
  rowStart: number,
  first: number,
  end: number,
  line: Float64Array,
): void {
  for (let x = first; x < end; x++) if (mask[rowStart + x] === 0) line[x] = Number.NaN;
}

function hideUnderMap(
  { width }: RegistrationLevel,
  mask: Uint8Array,
  { matrix, xy }: PlaneMap,
  y: number,
  first: number,
  end: number,
  line: Float64Array,
): void {
  const [bendX, bendY] = xy ?? [0, 0];
  const du = matrix[0][0] + bendX * y;
  const dv = matrix[1][0] + bendY * y;
  const u0 = matrix[0][1] * y + matrix[0][2];
  const v0 = matrix[1][1] * y + matrix[1][2];
  for (let x = first; x < end; x++) {
    const u = Math.floor(du * x + u0 + 0.5);
    const v = Math.floor(dv * x + v0 + 0.5);
    if (mask[v * width + u] === 0) line[x] = Number.NaN;
  }
}
