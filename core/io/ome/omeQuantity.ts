import { toMicrometres } from '#core/io/units/toMicrometres';
import { toSeconds } from '#core/io/units/toSeconds';
import { attributeOf, numberOf } from './xmlNode';
import type { XmlNode } from './xmlNode';

/** A length in micrometres from an attribute and its "…Unit"; `null` where either says nothing usable. */
export function omeLength(node: XmlNode, name: string, defaultUnit: string): number | null {
  const value = numberOf(node, name);
  return value === null
    ? null
    : toMicrometres(value, attributeOf(node, `${name}Unit`) ?? defaultUnit);
}

/** Like `omeLength`, and `null` unless greater than 0: a size of 0 says that nobody knew. */
export function omeSize(node: XmlNode, name: string, defaultUnit: string): number | null {
  const length = omeLength(node, name, defaultUnit);
  return length !== null && length > 0 ? length : null;
}

/** A duration in seconds from an attribute and its "…Unit"; `null` where either says nothing usable. */
export function omeDuration(node: XmlNode, name: string, defaultUnit: string): number | null {
  const value = numberOf(node, name);
  return value === null ? null : toSeconds(value, attributeOf(node, `${name}Unit`) ?? defaultUnit);
}

/** A wavelength in nanometres from an attribute and its "…Unit"; `null` where either says nothing usable. */
export function omeWavelength(node: XmlNode, name: string): number | null {
  const value = numberOf(node, name);
  if (value === null || value <= 0) return null;
  const unit = attributeOf(node, `${name}Unit`)?.trim() ?? 'nm';
  if (unit === 'nm') return value;
  const lengthUm = toMicrometres(value, unit);
  return lengthUm === null ? null : lengthUm * 1000;
}
