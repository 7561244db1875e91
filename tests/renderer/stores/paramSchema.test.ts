import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { visibleProperties, type ParamProperty } from '#renderer/stores/paramSchema';
import {
  applyingProperties,
  collect,
  limitsText,
  parseField,
  textOf,
} from '#renderer/features/dialog/formModel';

const schema = z.toJSONSchema(
  z.object({
    model: z.enum(['rigid', 'affine']).default('rigid').meta({ title: 'Transformation' }),
    stepUm: z.number().min(0.05).max(2).default(0.2).meta({ unit: 'um' }),
    sigmaPx: z.number().positive().meta({ unit: 'px', description: 'Blur.' }),
    count: z.int().min(1).default(3),
    flip: z.boolean().default(false),
    inputs: z.array(z.int().min(0)).min(1).meta({ kind: 'planes' }),
    range: z.number().positive().nullable().default(null),
    sha256: z.string().nullable().default(null).meta({ kind: 'hidden' }),
  }),
  { io: 'input' },
);
const properties = visibleProperties(schema);

function named(name: string): ParamProperty {
  const found = properties.find((property) => property.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe('the form of a command', () => {
  it('has a field for every parameter that a person sets', () => {
    expect(properties.map(({ name, control }) => [name, control])).toEqual([
      ['model', 'choice'],
      ['stepUm', 'number'],
      ['sigmaPx', 'number'],
      ['count', 'integer'],
      ['flip', 'switch'],
      ['inputs', 'planes'],
      ['range', 'number'],
    ]);
  });

  it('names fields by their title, or by their name in words', () => {
    expect([named('model').title, named('sigmaPx').title]).toEqual(['Transformation', 'Sigma px']);
  });

  it('says the limits with their unit and nothing that only the number format states', () => {
    expect(['stepUm', 'sigmaPx', 'count', 'flip'].map((name) => limitsText(named(name)))).toEqual([
      '0.05 to 2 µm',
      'above 0 px',
      'at least 1',
      '',
    ]);
  });

  it.each([
    ['stepUm', '500 nm', 0.5],
    ['stepUm', '2', 2],
    ['count', '7', 7],
    ['inputs', '4, 20 36', [4, 20, 36]],
    ['range', '', null],
    ['flip', 'true', true],
    ['model', 'affine', 'affine'],
  ])('reads %s of "%s"', (name, text, value) => {
    expect(parseField(named(name), text)).toEqual({ ok: true, value });
  });

  it.each([
    ['stepUm', '3 um'],
    ['stepUm', 'much'],
    ['sigmaPx', '0'],
    ['count', '1.5'],
    ['count', '0'],
    ['inputs', ''],
    ['inputs', '4, -1'],
    ['inputs', '4; x'],
    ['model', 'elastic'],
  ])('refuses %s of "%s" and says what it should be', (name, text) => {
    const result = parseField(named(name), text);
    expect(result.ok).toBe(false);
    expect(result.ok || result.problem).not.toBe('');
  });

  it('gives the command nothing while a field is wrong', () => {
    const texts = Object.fromEntries(
      properties.map((each) => [each.name, textOf(each, each.initial)]),
    );
    expect(collect(properties, texts)).toBeNull();
    expect(collect(properties, { ...texts, sigmaPx: '1.5', inputs: '1, 2' })).toEqual({
      ...{ model: 'rigid', stepUm: 0.2, sigmaPx: 1.5, count: 3, flip: false, inputs: [1, 2] },
    });
  });
});

describe('fields that hang on others', () => {
  const conditional = visibleProperties(
    z.toJSONSchema(
      z.object({
        method: z.enum(['ball', 'flat']).default('ball'),
        radius: z
          .number()
          .default(50)
          .meta({ appliesTo: { method: ['ball'] } }),
        channel: z.int().default(0).meta({ kind: 'channel' }),
        times: z.string().default('').meta({ needsAxis: 't' }),
        border: z.union([z.enum(['edge', 'zero']), z.number()]).default('edge'),
        taps: z.int().default(3).meta({ advanced: true }),
      }),
      { io: 'input' },
    ),
  );
  const names = (texts: { [name: string]: string }, shape: { t: number; c: number; z: number }) =>
    applyingProperties(conditional, texts, shape).map(({ name }) => name);
  const single = { t: 1, c: 1, z: 9 };

  it('are hidden while the others have other values', () => {
    expect(names({ method: 'ball' }, single)).toContain('radius');
    expect(names({ method: 'flat' }, single)).not.toContain('radius');
  });

  it('are hidden when the image is not long enough in their axis', () => {
    expect(names({}, single)).not.toEqual(expect.arrayContaining(['channel']));
    expect(names({}, { t: 2, c: 3, z: 1 })).toEqual(expect.arrayContaining(['channel', 'times']));
  });

  it('are all there when there is no image to judge by', () => {
    const all = applyingProperties(conditional, { method: 'ball' }, null);
    expect(all).toHaveLength(conditional.length);
  });

  it('take a number where one will do as well as a word', () => {
    const border = conditional.find(({ name }) => name === 'border');
    if (!border) throw new Error('no border');
    expect(border).toMatchObject({ control: 'choice', orNumber: true });
    expect(parseField(border, 'zero')).toEqual({ ok: true, value: 'zero' });
    expect(parseField(border, '-12.5')).toEqual({ ok: true, value: -12.5 });
    expect(parseField(border, 'none').ok).toBe(false);
  });

  it('know which of them most people leave alone', () => {
    expect(conditional.filter(({ advanced }) => advanced).map(({ name }) => name)).toEqual([
      'taps',
    ]);
  });
});
