const LARGEST = 0xffffffff;

/**
 * The simplest fraction of two 32-bit numbers that equals `value`, or the best one that fits,
 * by continued fractions.
 *
 * @param value finite and greater than 0
 * @returns numerator and denominator, at least 1 each
 * @throws RangeError when the value is not finite, not positive or beyond 32 bits
 */
export function toRational(value: number): [numerator: number, denominator: number] {
  if (!(value >= 1 / LARGEST && value <= LARGEST)) {
    throw new RangeError(`${value} does not fit a TIFF rational.`);
  }
  let [numerator, denominator] = [1, 0];
  let [lastNumerator, lastDenominator] = [0, 1];
  let rest = value;
  for (;;) {
    const whole = Math.floor(rest);
    const nextNumerator = whole * numerator + lastNumerator;
    const nextDenominator = whole * denominator + lastDenominator;
    if (nextNumerator > LARGEST || nextDenominator > LARGEST) break;
    [lastNumerator, lastDenominator] = [numerator, denominator];
    [numerator, denominator] = [nextNumerator, nextDenominator];
    if (numerator / denominator === value || rest === whole) break;
    rest = 1 / (rest - whole);
  }
  return numerator === 0 ? [1, LARGEST] : [numerator, denominator];
}
