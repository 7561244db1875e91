import { describe, expect, it } from 'vitest';
import { mergeHistories } from '#core/command/mergeHistories';
import { parseMacro } from '#core/command/parseMacro';
import { EMPTY_HISTORY } from '#core/image/History';

describe('mergeHistories', () => {
  it('opens a file once that two stacks come from', () => {
    const raw = parseMacro('s = file.open(path="a")\nreturn s');
    const made = parseMacro('stack = file.open(path="a")\nv = a.b(stack, x=1)\nreturn v');
    const merged = mergeHistories([made, raw]);
    expect(merged.calls).toHaveLength(2);
    expect(merged.results).toEqual(['v', 'stack']);
  });

  it('renames variables that mean different things', () => {
    const a = parseMacro('stack = file.open(path="a")\nreturn stack');
    const b = parseMacro('stack = file.open(path="b")\nout = a.b(stack)\nreturn out');
    const merged = mergeHistories([a, b]);
    expect(merged.results).toEqual(['stack', 'out']);
    expect(merged.calls.map(({ outputs }) => outputs[0])).toEqual(['stack', 'stack2', 'out']);
    expect(merged.calls[2].inputs).toEqual(['stack2']);
  });

  it('keeps two calls apart that differ in a parameter', () => {
    const a = parseMacro('s = file.open(path="a")\nx = a.b(s, k=1)\nreturn x');
    const b = parseMacro('s = file.open(path="a")\nx = a.b(s, k=2)\nreturn x');
    expect(mergeHistories([a, b]).results).toEqual(['x', 'x2']);
    expect(mergeHistories([a, b]).calls).toHaveLength(3);
  });

  it('has no variable for a stack that no command made', () => {
    expect(mergeHistories([EMPTY_HISTORY])).toEqual({ calls: [], results: [null] });
  });
});
