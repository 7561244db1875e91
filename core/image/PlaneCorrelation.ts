/** Rings of lateral frequency, of equal width, from 0 to the highest frequency that pixels can hold. */
export const RINGS = 48;

/** Planes are continued by reflection this far before their frequencies are taken. */
export const MARGIN_PX = { x: 32, y: 32 };

/** The highest frequency of square pixels, along the diagonal, in periods per pixel. */
const HIGHEST_FREQUENCY = Math.SQRT1_2;

/**
 * How alike planes of a kind of stack are, by lateral frequency and distance along z: the correlation of
 * their Fourier coefficients. Defocus takes fine detail away within a fraction of the distance over
 * which coarse structure stays.
 */
export interface PlaneCorrelation {
  /** Distance of the last column, in micrometres; planes farther apart count as that far. */
  readonly reachUm: number;
  /** One row for each ring; columns are distances from 0 (where it is 1) to `reachUm`, evenly spaced. */
  readonly values: readonly (readonly number[])[];
}

/** So that frequencies on the border of two rings belong to the outer one, however they were rounded. */
const ROUNDING = 1e-9;

/** Where a frequency lies among the rings: the whole part is its ring. */
export function ringPosition(periodsPerPx: number): number {
  return Math.min((periodsPerPx / HIGHEST_FREQUENCY) * RINGS + ROUNDING, RINGS - 1e-6);
}

/** The correlation of planes `distanceUm` apart in one ring, linear between columns. */
export function correlationAt(
  { reachUm, values }: PlaneCorrelation,
  ring: number,
  distanceUm: number,
): number {
  const row = values[ring]!;
  const last = row.length - 1;
  const position = Math.min((Math.abs(distanceUm) / reachUm) * last, last);
  const column = Math.min(Math.floor(position), last - 1);
  const share = position - column;
  return row[column]! * (1 - share) + row[column + 1]! * share;
}
