import type { CommandDescriptor } from '#core/command/engineApi';
import { AxialError } from '#core/util/errors';
import { parseWholeNumbers } from '#core/util/parseWholeNumbers';
import { closestWord } from './closestWord';

/** The part of JSON Schema that parameters use. */
export interface ParamSchema {
  /** A list where a value may also be missing: ["string", "null"]. */
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ParamSchema[];
  readonly items?: ParamSchema;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
  /** What the value is for the window, such as "zRange". */
  readonly kind?: string;
  readonly unit?: string;
  /** Command-line name when it is not the parameter's own in kebab case: "o" for -o. */
  readonly flag?: string;
  /** Whether the value stands without an option name. */
  readonly positional?: boolean;
}

/** One parameter as the command line sees it. */
export interface ParamOption {
  readonly name: string;
  /** With its dashes: "--z-step", "-o". */
  readonly spelling: string;
  readonly schema: ParamSchema;
  readonly required: boolean;
}

/** The parameters of a command as options, in the order of its schema. */
export function paramOptions(command: CommandDescriptor): ParamOption[] {
  const properties = (command.params['properties'] ?? {}) as {
    [name: string]: ParamSchema;
  };
  const required = new Set((command.params['required'] ?? []) as string[]);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    spelling: schema.flag === undefined ? `--${kebabCase(name)}` : spell(schema.flag),
    schema,
    required: required.has(name),
  }));
}

/** "-o" for one letter, "--height-map" for more. */
export function spell(flag: string): string {
  return flag.length === 1 ? `-${flag}` : `--${flag}`;
}

/** True for a parameter that is given by its mere presence. */
export function isSwitch(schema: ParamSchema): boolean {
  return schema.type === 'boolean';
}

/** What stands for the value in help: "N,N,…" for a list of numbers. */
export function placeholder(schema: ParamSchema): string {
  const known = schema.kind && PLACEHOLDERS[schema.kind];
  if (known) return known;
  if (schema.enum) return 'NAME';
  switch (valueType(schema)) {
    case 'array':
      return schema.items?.type === 'string' ? 'NAME=VALUE' : 'N,N,…';
    case 'integer':
      return 'N';
    case 'number':
      return 'NUMBER';
    default:
      return 'TEXT';
  }
}

/**
 * Turns a word of the command line into the value that the schema wants.
 *
 * @throws AxialError UsageError when it is no such value
 */
export function coerce(text: string, schema: ParamSchema, spelling: string): unknown {
  const value = tryCoerce(text, schema);
  if (value !== undefined) return value;
  const meant = closestWord(text, choices(schema));
  throw new AxialError(
    'UsageError',
    `${spelling} does not take "${text}".`,
    `${meant === null ? '' : `Did you mean "${meant}"? `}${expectation(schema)}`,
  );
}

/** What a value may be, in words. */
export function expectation(schema: ParamSchema): string {
  if (schema.enum) return `One of: ${schema.enum.join(', ')}.`;
  if (schema.anyOf) return alternatives(schema).map(expectation).join(' Or: ');
  if (schema.const !== undefined) return `The word "${String(schema.const)}".`;
  const limits = limitsOf(schema);
  switch (valueType(schema)) {
    case 'array':
      return LISTS[String(schema.items?.type)] ?? '';
    case 'integer':
      return `A whole number${limits}.`;
    case 'number':
      return `A number${limits}.`;
    default:
      return schema.kind === 'zRange' ? 'Such as 0:12:0.2 or 0.5,1.2,3.' : '';
  }
}

/** What a list may be, by the type of its items. */
const LISTS: { readonly [type: string]: string } = {
  string: 'Such as folder=/data.',
  integer: 'Whole numbers from 0 and ranges of them, separated by commas, such as 4,20-36.',
  number: 'Numbers separated by commas, such as 0.6,2.',
};

const PLACEHOLDERS: { readonly [kind: string]: string } = {
  savePath: 'FILE',
  openPath: 'FILE',
  model: 'NAME',
  zRange: 'START:STOP:STEP',
};

/** The type of a value that is given; a value that may be missing is given by leaving it out. */
function valueType({ type, anyOf }: ParamSchema): string | undefined {
  if (anyOf) return alternatives({ anyOf }).map(valueType).at(-1);
  return typeof type === 'string' ? type : type?.find((name) => name !== 'null');
}

/** What may stand on the command line, where a missing value cannot. */
function alternatives(schema: ParamSchema): ParamSchema[] {
  const { anyOf = [], ...facts } = schema;
  const kind = facts.kind === undefined ? {} : { kind: facts.kind };
  return anyOf.filter(({ type }) => type !== 'null').map((one) => ({ ...kind, ...one }));
}

function choices(schema: ParamSchema): string[] {
  return [...(schema.enum ?? []), ...alternatives(schema).map(({ const: word }) => word)].filter(
    (word) => typeof word === 'string',
  );
}

function limitsOf({ minimum, maximum, exclusiveMinimum }: ParamSchema): string {
  return [
    isLimit(minimum) ? ` from ${minimum}` : '',
    isLimit(exclusiveMinimum) ? ` above ${exclusiveMinimum}` : '',
    isLimit(maximum) ? ` up to ${maximum}` : '',
  ].join('');
}

/** The largest whole number that a computer counts to exactly is no limit that anybody set. */
function isLimit(limit: number | undefined): limit is number {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}

function tryCoerce(text: string, schema: ParamSchema): unknown {
  if (schema.anyOf) {
    return alternatives(schema)
      .map((alternative) => tryCoerce(text, alternative))
      .find((value) => value !== undefined);
  }
  if (schema.const !== undefined) return text === schema.const ? schema.const : undefined;
  if (schema.enum) return schema.enum.includes(text) ? text : undefined;
  switch (valueType(schema)) {
    case 'string':
      return schema.pattern === undefined || new RegExp(schema.pattern).test(text)
        ? text
        : undefined;
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? within(Number(text), schema) : undefined;
    case 'number':
      return text.trim() !== '' ? within(Number(text), schema) : undefined;
    case 'array': {
      const { items = {} } = schema;
      const values =
        valueType(items) === 'integer'
          ? parseWholeNumbers(text)?.map((value) => within(value, items))
          : split(text, schema).map((part) => tryCoerce(part.trim(), items));
      return values?.includes(undefined) ? undefined : values;
    }
    default:
      return undefined;
  }
}

function within(value: number, schema: ParamSchema): number | undefined {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  const fits =
    Number.isFinite(value) && value >= minimum && value <= maximum && value > exclusiveMinimum;
  return fits ? value : undefined;
}

/** Parts between commas; a comma inside a value of "name=value" parts nothing. */
function split(text: string, { items }: ParamSchema): string[] {
  return text.split(items?.type === 'string' ? /,(?=[A-Za-z_][A-Za-z0-9_]*=)/ : ',');
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
