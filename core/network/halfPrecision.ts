/** IEEE 754 half precision, given as bits, to single: one sign, five exponent, ten fraction bits. */
export function widenHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(halves, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
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
