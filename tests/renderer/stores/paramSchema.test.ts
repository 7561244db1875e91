import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { visibleProperties, type ParamProperty } from '#renderer/stores/paramSchema';
import { collect, limitsText, parseField, textOf } from '#renderer/features/dialog/formModel';

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
      'more than 0 px',
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
