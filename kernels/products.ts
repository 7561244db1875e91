import { total } from './lanes';

/**
 * Scalar products of all rows of one matrix with all rows of another, row-major (row, other row). Rows hold `bytes`
 * bytes of whole vectors; there are an even number of the one, which should be the smaller matrix, and a multiple of
 * four of the others.
 */
export function rowProducts(
  rows: usize,
  others: usize,
  out: usize,
  rowCount: i32,
  otherCount: i32,
  bytes: usize,
): void {
  const below: usize = otherCount << 3;
  for (let column = 0; column < otherCount; column += 4, others += 4 * bytes, out += 32) {
    let at = rows;
    let to = out;
    for (let row = 0; row < rowCount; row += 2, at += 2 * bytes, to += 2 * below) {
      eightProducts(at, others, to, below, bytes);
    }
  }
}

/** Products of two rows with four others. */
function eightProducts(rows: usize, others: usize, out: usize, below: usize, bytes: usize): void {
  const zero = f64x2.splat(0);
  let a0 = zero;
  let a1 = zero;
  let a2 = zero;
  let a3 = zero;
  let b0 = zero;
  let b1 = zero;
  let b2 = zero;
  let b3 = zero;
  for (const end = rows + bytes; rows < end; rows += 16, others += 16) {
    const a = v128.load(rows);
    const b = v128.load(rows + bytes);
    const first = v128.load(others);
    a0 = f64x2.add(a0, f64x2.mul(a, first));
    b0 = f64x2.add(b0, f64x2.mul(b, first));
    const second = v128.load(others + bytes);
    a1 = f64x2.add(a1, f64x2.mul(a, second));
    b1 = f64x2.add(b1, f64x2.mul(b, second));
    const third = v128.load(others + 2 * bytes);
    a2 = f64x2.add(a2, f64x2.mul(a, third));
    b2 = f64x2.add(b2, f64x2.mul(b, third));
    const fourth = v128.load(others + 3 * bytes);
    a3 = f64x2.add(a3, f64x2.mul(a, fourth));
    b3 = f64x2.add(b3, f64x2.mul(b, fourth));
  }
  storeTotals(out, a0, a1, a2, a3);
  storeTotals(out + below, b0, b1, b2, b3);
}

function storeTotals(out: usize, first: v128, second: v128, third: v128, fourth: v128): void {
  store<f64>(out, total(first));
  store<f64>(out, total(second), 8);
  store<f64>(out, total(third), 16);
  store<f64>(out, total(fourth), 24);
}
