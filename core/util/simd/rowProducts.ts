import { simdWorkspace } from './simdWorkspace';

/** Rows of this many numbers fill whole vectors; the kernel takes so many rows at a time. */
const VECTOR = 2;
const ROWS_AT_A_TIME = 2;
const OTHERS_AT_A_TIME = 4;

/**
 * Scalar products of all rows of one matrix with all rows of another: the product of the one and the transposed other.
 *
 * @param rows row-major; fastest when this is the smaller matrix
 * @param others row-major
 * @param length numbers in a row of either
 * @returns row-major (row, other row)
 * @throws RangeError when rows are not whole
 */
export function rowProducts(
  rows: Float64Array,
  others: Float64Array,
  length: number,
): Float64Array<ArrayBuffer> {
  const [rowCount, otherCount] = [rows.length / length, others.length / length];
  if (!Number.isInteger(rowCount) || !Number.isInteger(otherCount)) {
    throw new RangeError(`Rows of ${length} numbers are not whole.`);
  }
  const padded = wholeTimes(length, VECTOR);
  const counts = {
    rows: wholeTimes(rowCount, ROWS_AT_A_TIME),
    others: wholeTimes(otherCount, OTHERS_AT_A_TIME),
  };
  const { kernels, arrays } = simdWorkspace({
    rows: ['float64', counts.rows * padded],
    others: ['float64', counts.others * padded],
    out: ['float64', counts.rows * counts.others],
  });
  fill(arrays.rows.values, padded, rows, length);
  fill(arrays.others.values, padded, others, length);
  const bytes = padded * Float64Array.BYTES_PER_ELEMENT;
  const { rows: one, others: other, out } = arrays;
  kernels.rowProducts(one.at, other.at, out.at, counts.rows, counts.others, bytes);
  const products = new Float64Array(rowCount * otherCount);
  for (let row = 0; row < rowCount; row++) {
    const from = row * counts.others;
    products.set(out.values.subarray(from, from + otherCount), row * otherCount);
  }
  return products;
}

function wholeTimes(count: number, of: number): number {
  return Math.ceil(count / of) * of;
}

/** Copies rows into longer ones. */
function fill(into: Float64Array, padded: number, rows: Float64Array, length: number): void {
  for (let from = 0, to = 0; from < rows.length; from += length, to += padded) {
    into.set(rows.subarray(from, from + length), to);
  }
}
