import { parseWholeNumbers } from '#core/util/parseWholeNumbers';
import type { MacroValue } from '#core/image/History';
import type { StackShape } from '#core/image/ImageStack';
import { parseQuantity, unitLabel } from '#renderer/components/quantity';
import type { ParamProperty } from '#renderer/stores/paramSchema';

/** A value as a field shows it. */
export function textOf(property: ParamProperty, value: MacroValue): string {
  if (value === null) return '';
  if (property.control === 'planes') return Array.isArray(value) ? value.join(', ') : String(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export type FieldResult =
  | { readonly ok: true; readonly value: MacroValue }
  | { readonly ok: false; readonly problem: string };

function ok(value: MacroValue): FieldResult {
  return { ok: true, value };
}

function problem(text: string): FieldResult {
  return { ok: false, problem: text };
}

/** Bounds beyond this only keep nonsense out; nobody needs to read them. */
const FARTHEST_TOLD = 1e5;

/** "0 to 12 µm", "at least 1", or nothing. */
export function limitsText({ min, max: most, unit, minExcluded }: ParamProperty): string {
  const max = most !== null && most > FARTHEST_TOLD ? null : most;
  const suffix = unit === null ? '' : ` ${unitLabel(unit)}`;
  if (min !== null && max !== null) {
    return minExcluded ? `above ${min}, up to ${max}${suffix}` : `${min} to ${max}${suffix}`;
  }
  if (min !== null) return `${minExcluded ? 'above' : 'at least'} ${min}${suffix}`;
  return max === null ? '' : `at most ${max}${suffix}`;
}

function parseNumber(property: ParamProperty, text: string): FieldResult {
  const value = parseQuantity(text, property.unit);
  if (value === null)
    return problem(
      property.unit === null ? 'needs a number' : `needs a number in ${unitLabel(property.unit)}`,
    );
  if (property.control === 'integer' && !Number.isInteger(value))
    return problem('needs a whole number');
  const { min, max, minExcluded, maxExcluded } = property;
  const low = min !== null && (minExcluded ? value <= min : value < min);
  const high = max !== null && (maxExcluded ? value >= max : value > max);
  return low || high ? problem(`must be ${limitsText(property)}`) : ok(value);
}

function parsePlanes(text: string): FieldResult {
  if (text === 'all') return ok('all');
  const planes = parseWholeNumbers(text);
  return planes === null ? problem('needs plane numbers from 0, such as 4, 20-36') : ok(planes);
}

/** The value of a field, or what it should be instead. */
export function parseField(property: ParamProperty, text: string): FieldResult {
  const trimmed = text.trim();
  if (trimmed === '' && property.nullable) return ok(null);
  switch (property.control) {
    case 'number':
    case 'integer':
      return parseNumber(property, trimmed);
    case 'planes':
      return parsePlanes(trimmed);
    case 'switch':
      return ok(trimmed === 'true');
    case 'choice': {
      const option = property.options.find((candidate) => String(candidate) === trimmed);
      if (option === undefined && property.orNumber) return parseNumber(property, trimmed);
      return option === undefined ? problem('choose one of the list') : ok(option);
    }
    case 'text':
      return trimmed === '' && property.required
        ? problem(property.kind === 'openPath' ? 'choose a file' : 'cannot be empty')
        : ok(trimmed);
  }
}

/** Values of all fields by name, or `null` while one of them is wrong. Defaults are left out. */
export function collect(
  properties: readonly ParamProperty[],
  texts: { readonly [name: string]: string },
): { readonly [name: string]: MacroValue } | null {
  const values: { [name: string]: MacroValue } = {};
  for (const property of properties) {
    const result = parseField(property, texts[property.name] ?? '');
    if (!result.ok) return null;
    if (result.value !== null || property.initial !== null) values[property.name] = result.value;
  }
  return values;
}

/**
 * The fields that mean something, given what the others say and how long the axes of the image are.
 */
export function applyingProperties(
  properties: readonly ParamProperty[],
  texts: { readonly [name: string]: string },
  shape: Pick<StackShape, 't' | 'c' | 'z'> | null,
): ParamProperty[] {
  const possible = properties.filter(
    ({ needsAxis }) => needsAxis === null || shape === null || shape[needsAxis] > 1,
  );
  const fits = ({ appliesTo }: ParamProperty): boolean =>
    Object.entries(appliesTo).every(([name, values]) =>
      values.includes((texts[name] ?? '').trim()),
    );
  return possible.filter(fits);
}
