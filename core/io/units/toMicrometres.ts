/** A factor kept as a fraction, so that 65 nm becomes exactly 0.065 and not 0.06500000000000001. */
type Factor = readonly [multiply: number, divide: number];

const MICROMETRES_PER_UNIT: ReadonlyMap<string, Factor> = new Map<string, Factor>([
  ['fm', [1, 1e9]],
  ['pm', [1, 1e6]],
  ['\u00c5', [1, 1e4]],
  ['angstrom', [1, 1e4]],
  ['nm', [1, 1e3]],
  ['nanometer', [1, 1e3]],
  ['nanometre', [1, 1e3]],
  ['um', [1, 1]],
  ['micron', [1, 1]],
  ['microns', [1, 1]],
  ['micrometer', [1, 1]],
  ['micrometre', [1, 1]],
  ['mm', [1e3, 1]],
  ['millimeter', [1e3, 1]],
  ['millimetre', [1e3, 1]],
  ['cm', [1e4, 1]],
  ['centimeter', [1e4, 1]],
  ['centimetre', [1e4, 1]],
  ['dm', [1e5, 1]],
  ['m', [1e6, 1]],
  ['meter', [1e6, 1]],
  ['metre', [1e6, 1]],
  ['km', [1e9, 1]],
  ['in', [25400, 1]],
  ['inch', [25400, 1]],
  ['inches', [25400, 1]],
  ['thou', [254, 10]],
  ['li', [25400, 12]],
  ['pt', [25400, 72]],
  ['ft', [304800, 1]],
  ['yd', [914400, 1]],
]);

/** One spelling for each unit: the micro sign, the Greek letter and their usual mangled forms all become "u". */
function unitKey(unit: string): string {
  const trimmed = unit
    .trim()
    .replace('\u212b', '\u00c5')
    .replace(/^(?:\u00c2\u00b5|\u00b5|\u03bc|\u00ce\u00bc|\ufffd+)(?=m)/u, 'u');
  return trimmed.length > 3 ? trimmed.toLowerCase() : trimmed;
}

/**
 * A length in micrometres.
 *
 * @param value the length in `unit`
 * @param unit as files spell it: "nm", "um", "µm", "micron", "mm", "cm", "m", "inch", "Å", …
 * @returns `null` where the unit is no length ("pixel", "reference frame", unknown words)
 *   or the value is not a finite number
 */
export function toMicrometres(value: number, unit: string): number | null {
  const factor = MICROMETRES_PER_UNIT.get(unitKey(unit));
  if (!factor || !Number.isFinite(value)) return null;
  return (value * factor[0]) / factor[1];
}
