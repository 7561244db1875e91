import { z } from 'zod';
import type { MacroValue } from '#core/image/History';

const macroValue = z.custom<MacroValue>((value) => value !== undefined);

const propertySchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: macroValue.optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  unit: z.string().optional(),
  kind: z.string().optional(),
  appliesTo: z.record(z.string(), z.array(z.string())).optional(),
  needsAxis: z.enum(['t', 'c', 'z']).optional(),
  advanced: z.boolean().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  get anyOf() {
    return z.array(propertySchema).optional();
  },
});
type RawProperty = z.infer<typeof propertySchema>;

const paramsSchema = z.object({
  properties: z.record(z.string(), propertySchema).optional(),
  required: z.array(z.string()).optional(),
});

export type Control = 'number' | 'integer' | 'choice' | 'switch' | 'text' | 'planes';

/** One parameter as a dialog shows it. */
export interface ParamProperty {
  readonly name: string;
  readonly control: Control;
  readonly kind: string | null;
  readonly title: string;
  readonly description: string;
  readonly unit: string | null;
  /** Values, as text, that other parameters must have for this one to mean anything. */
  readonly appliesTo: { readonly [name: string]: readonly string[] };
  /** The axis of the image that must be longer than one, if any must. */
  readonly needsAxis: 't' | 'c' | 'z' | null;
  /** Whether most people leave it as it is. */
  readonly advanced: boolean;
  readonly options: readonly (string | number)[];
  /** Whether a number will do as well as one of the options. */
  readonly orNumber: boolean;
  readonly min: number | null;
  readonly max: number | null;
  /** Whether a bound itself is refused. */
  readonly minExcluded: boolean;
  readonly maxExcluded: boolean;
  /** Whether it may be left empty. */
  readonly nullable: boolean;
  readonly required: boolean;
  readonly initial: MacroValue;
}

/** "sigmaPx" as words: "Sigma px". */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A union with null is the other type, left empty at will. */
function withoutNull(raw: RawProperty): { property: RawProperty; nullable: boolean } {
  if (!raw.anyOf) {
    const types = Array.isArray(raw.type) ? raw.type : [];
    const type = types.find((name) => name !== 'null');
    return {
      property: type === undefined ? raw : { ...raw, type },
      nullable: types.includes('null'),
    };
  }
  const others = raw.anyOf.filter(({ type }) => type !== 'null');
  // Of several shapes the dialog takes the list: "all" is what an empty list stands for.
  const inner = others.find(({ type }) => type === 'array') ?? others[0] ?? {};
  return {
    property: { ...inner, ...raw },
    nullable:
      others.length < raw.anyOf.length || others.some(({ enum: words }) => words !== undefined),
  };
}

function controlOf({ type, enum: options, kind }: RawProperty): Control | null {
  if (kind === 'planes') return 'planes';
  if (options) return 'choice';
  switch (type) {
    case 'number':
      return 'number';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'switch';
    case 'string':
      return 'text';
    default:
      return kind === 'zRange' || kind === 'model' ? 'text' : null;
  }
}

/** Bounds that only state what a JavaScript integer can hold say nothing to a person. */
function bound(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}

function emptyValue(control: Control, options: readonly (string | number)[]): MacroValue {
  switch (control) {
    case 'number':
    case 'integer':
      return 0;
    case 'switch':
      return false;
    case 'choice':
      return options[0] ?? null;
    case 'text':
      return '';
    case 'planes':
      return [];
  }
}

/** The parameters that a person sets, read off a command's JSON schema. */
export function visibleProperties(params: unknown): ParamProperty[] {
  const { properties = {}, required = [] } = paramsSchema.parse(params);
  return Object.entries(properties).flatMap(([name, raw]) => {
    const { property, nullable } = withoutNull(raw);
    const control = controlOf(property);
    if (control === null || property.kind === 'hidden') return [];
    const options = property.enum ?? [];
    return [
      {
        ...{ name, control, options, nullable },
        orNumber: control === 'choice' && (raw.anyOf ?? []).some(({ type }) => type === 'number'),
        kind: property.kind ?? null,
        title: property.title ?? wordsOf(name),
        description: property.description ?? '',
        unit: property.unit ?? null,
        appliesTo: property.appliesTo ?? {},
        advanced: property.advanced ?? false,
        needsAxis: property.needsAxis ?? (property.kind === 'channel' ? 'c' : null),
        min: bound(property.minimum ?? property.exclusiveMinimum),
        max: bound(property.maximum ?? property.exclusiveMaximum),
        minExcluded: property.exclusiveMinimum !== undefined,
        maxExcluded: property.exclusiveMaximum !== undefined,
        required: required.includes(name) && property.default === undefined,
        initial: property.default ?? (nullable ? null : emptyValue(control, options)),
      },
    ];
  });
}
