/** A bar of a round length. */
export interface ScaleBar {
  readonly lengthUm: number;
  readonly lengthPx: number;
  readonly label: string;
}

/**
 * The longest bar of 1, 2 or 5 times a power of ten that fits.
 *
 * @param umPerPx micrometres that one CSS pixel covers
 * @param maxPx longest bar in CSS pixels
 */
export function scaleBar(umPerPx: number, maxPx: number): ScaleBar {
  const maxUm = umPerPx * maxPx;
  const decade = 10 ** Math.floor(Math.log10(maxUm));
  // The margin keeps a length that fits exactly from being lost to rounding.
  const lengthUm = ([5, 2, 1].find((digit) => digit * decade <= maxUm * (1 + 1e-9)) ?? 1) * decade;
  return { lengthUm, lengthPx: lengthUm / umPerPx, label: lengthLabel(lengthUm) };
}

function lengthLabel(um: number): string {
  const round = (value: number): string => String(Number(value.toPrecision(3)));
  if (um >= 1000) return `${round(um / 1000)} mm`;
  return um < 0.5 ? `${round(um * 1000)} nm` : `${round(um)} µm`;
}
