import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMacro } from '#core/command/parseMacro';
import { printMacro } from '#core/command/printMacro';
import type { History } from '#core/image/History';
import { AxialError } from '#core/util/errors';

describe('parseMacro', () => {
  it('reads calls, variables, comments and the result', () => {
    const macro = parseMacro(`# Axial macro 1
      let folder = "/data"   # where the stacks are
      stack = file.open(path="\${folder}/a # b.tif")

      fused, heightMap = process.edf(stack, method="variance")
      file.save(heightMap, path="h.tif")
      return heightMap`);
    expect(macro).toEqual({
      calls: [
        {
          command: 'file.open',
          inputs: [],
          outputs: ['stack'],
          params: { path: '/data/a # b.tif' },
        },
        {
          command: 'process.edf',
          inputs: ['stack'],
          outputs: ['fused', 'heightMap'],
          params: { method: 'variance' },
        },
        { command: 'file.save', inputs: ['heightMap'], outputs: [], params: { path: 'h.tif' } },
      ],
      result: 'heightMap',
    });
  });

  it('lets the caller replace variables', () => {
    const text = 'let file = "a.tif"\ns = file.open(path="${file}")';
    expect(parseMacro(text, { file: 'C:\\new "b".tif' }).calls[0].params).toEqual({
      path: 'C:\\new "b".tif',
    });
  });

  it('reads nested values', () => {
    const { calls } = parseMacro('s = a.b(list=[1, [2, -3.5e2]], map={"x": null, "y, )": true})');
    expect(calls[0].params).toEqual({ list: [1, [2, -350]], map: { x: null, 'y, )': true } });
  });

  it.each([
    ['process.align(stack)', 'Nothing is called "stack"'],
    ['s = file.open(path=a.tif)', 'is not a value'],
    ['s = file.open(path="a"', 'Expected ")"'],
    ['s = file.open(path="a") extra', 'not expected'],
    ['s = file.open(path="${folder}/a")', 'no variable "folder"'],
    ['s = file.open(path="a", path="b")', 'given twice'],
    ['let x = 3', 'holds a text'],
    ['return nothing', 'Nothing is called "nothing"'],
    ['s = require("fs")', 'Expected a command'],
    ['s = file.open(path=eval("1"))', 'is not a value'],
    ['= file.open()', 'Expected the name of a result'],
  ])('refuses %s and names the line', (line, message) => {
    const text = `# a comment\n\n${line}`;
    expect(() => parseMacro(text)).toThrow(AxialError);
    expect(() => parseMacro(text)).toThrow(message);
    expect(() => parseMacro(text)).toThrow('Line 3');
  });

  it('refuses a macro of absurd length at once', () => {
    expect(() => parseMacro('#'.repeat(4_000_001))).toThrow('longer than');
  });
});

describe('printMacro', () => {
  const name = fc
    .stringMatching(/^[a-z][A-Za-z0-9_]{0,8}$/)
    .filter((text) => text !== 'let' && text !== 'return');
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant('${folder}'),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 4 }),
    fc.dictionary(name, fc.string(), { maxKeys: 3 }),
  );

  it('is read back to an equal history, whatever the parameters hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(name, { maxLength: 3 }), fc.dictionary(name, value)), {
          maxLength: 5,
        }),
        (shapes) => {
          const bound: string[] = [];
          const calls = shapes.map(([outputs, params]) => {
            const call = {
              command: 'a.b',
              inputs: [...bound],
              outputs: [...new Set(outputs)],
              params,
            };
            bound.push(...call.outputs);
            return call;
          });
          const history: History = { calls, result: bound[0] ?? null };
          const back = parseMacro(printMacro(history));
          expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(JSON.stringify(history)));
        },
      ),
    );
  });
});
