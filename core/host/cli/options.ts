import type { CommandDescriptor } from '#core/command/engineApi';
import { AxialError } from '#core/util/errors';

/** The part of JSON Schema that parameters use. */
export interface ParamSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ParamSchema[];
  readonly items?: ParamSchema;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
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
  const properties = (command.params['properties'] ?? {}) as { [name: string]: ParamSchema };
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

/**
 * Turns a word of the command line into the value that the schema wants; ranges are checked later,
 * by the command's own schema.
 *
 * @throws AxialError UsageError when it is no such value
 */
export function coerce(text: string, schema: ParamSchema, spelling: string): unknown {
  if (schema.anyOf) {
    for (const alternative of schema.anyOf) {
      const value = tryCoerce(text, alternative);
      if (value !== undefined) return value;
    }
  }
  const value = tryCoerce(text, schema);
  if (value !== undefined) return value;
  throw new AxialError('UsageError', `${spelling} does not take "${text}".`, expectation(schema));
}

/** What a value may be, in words. */
export function expectation(schema: ParamSchema): string {
  if (schema.enum) return `One of: ${schema.enum.join(', ')}.`;
  if (schema.anyOf) return schema.anyOf.map(expectation).join(' Or: ');
  if (schema.const !== undefined) return `"${String(schema.const)}".`;
  if (schema.type === 'array') return 'Numbers separated by commas, such as 4,20,36.';
  const limits = [
    schema.minimum === undefined ? '' : ` from ${schema.minimum}`,
    schema.maximum === undefined ? '' : ` up to ${schema.maximum}`,
  ].join('');
  if (schema.type === 'integer') return `A whole number${limits}.`;
  if (schema.type === 'number') return `A number${limits}.`;
  return 'A text.';
}

function tryCoerce(text: string, schema: ParamSchema): unknown {
  if (schema.const !== undefined) return text === schema.const ? schema.const : undefined;
  if (schema.enum) return schema.enum.includes(text) ? text : undefined;
  switch (schema.type) {
    case 'string':
      return text;
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'array': {
      const items = text.split(',').map((part) => tryCoerce(part.trim(), schema.items ?? {}));
      return items.includes(undefined) ? undefined : items;
    }
    default:
      return undefined;
  }
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
