/**
 * Squares of the absolute values of complex numbers.
 *
 * @param parts a row of real and a row of imaginary parts in turn
 * @param length numbers in a row
 */
export function squaredModuli(parts: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const squares = new Float64Array(parts.length / 2);
  for (let at = 0; at < squares.length; at++) {
    const real = at + Math.floor(at / length) * length;
    squares[at] = parts[real]! ** 2 + parts[real + length]! ** 2;
  }
  return squares;
}
