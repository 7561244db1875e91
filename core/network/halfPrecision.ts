/** Between the exponents of a half and a single with the same bits: their biases are 15 and 127. */
const EXPONENT_SHIFT = 2 ** (127 - 15);

/**
 * IEEE 754 half precision, given as bits, to single: one sign, five exponent, ten fraction bits.
 * Sign, exponent and fraction move to their places in a single, which is then scaled: exact, for
 * subnormals too, and many times quicker than taking the parts out, for millions of weights.
 */
export function widenHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const singles = new Float32Array(halves.length);
  const bits = new Uint32Array(singles.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] ?? 0;
    const unsigned = half & 0x7fff;
    bits[i] = ((half & 0x8000) << 16) | (unsigned << 13);
    if (unsigned > 0x7c00) singles[i] = NaN;
    else singles[i] = (singles[i] ?? 0) * (unsigned === 0x7c00 ? Infinity : EXPONENT_SHIFT);
  }
  return singles;
}

/** Single to half precision, as bits, rounded to the nearest, ties to even; beyond 65504 infinite. */
export function narrowToHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(values, narrow);
}

function narrow(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === Infinity) return sign | 0x7c00;
  // Counted in steps of the half's own exponent; a carry into the next exponent is right as it is.
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundToEven(size * 2 ** (10 - exponent));
  const bits = exponent === -14 ? steps : steps + ((exponent + 14) << 10);
  return sign | Math.min(bits, 0x7c00);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
