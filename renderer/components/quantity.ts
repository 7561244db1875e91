const LENGTHS_UM: { readonly [unit: string]: number } = {
  nm: 1e-3,
  um: 1,
  µm: 1,
  μm: 1,
  micron: 1,
  microns: 1,
  mm: 1e3,
  m: 1e6,
};

/** How a unit of a schema is shown. */
export function unitLabel(unit: string): string {
  return unit === 'um' ? 'µm' : unit;
}

/**
 * A number in `unit` out of what somebody typed: "500 nm" in a field of micrometres is 0.5.
 * `null` when it is no number, or in a unit that does not fit.
 */
export function parseQuantity(text: string, unit: string | null): number | null {
  const match = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([^\s\d]*)\s*$/i.exec(
    text.replace(',', '.'),
  );
  if (!match) return null;
  const [, digits = '', typed = ''] = match;
  const value = Number(digits);
  if (typed === '' || typed === unit || typed === unitLabel(unit ?? '')) return value;
  const from = LENGTHS_UM[typed];
  const to = unit === null ? undefined : LENGTHS_UM[unit];
  // The division first, so that 500 nm are 0.5 and not 0.5000000000000001.
  return from === undefined || to === undefined
    ? null
    : Number(((value * from) / to).toPrecision(12));
}
