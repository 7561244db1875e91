import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { axialCommandLine, type CommandLineResult } from '#tests/helpers/axialCommandLine';
import { CASES, INPUTS, type Change, type Facts } from '#tests/helpers/calibrationCases';
import { describeWith, runPython } from '#tests/helpers/referencePrograms';

const SCRIPT = 'tests/reference/command/calibrated.py';

/** Commands that make a stack of nothing, and the one that runs other commands. */
const WITHOUT_INPUT = ['file.openSample', 'simulate.specimen', 'simulate.nuclei', 'macro.run'];

function expected(input: keyof typeof INPUTS, change: Change): Facts {
  const facts = INPUTS[input];
  return {
    ...facts,
    shape: { ...facts.shape, ...change.shape },
    ...change.both,
    ...change[input],
  };
}

it('looks at every command that makes a stack', () => {
  const makers = [...commands.values()].filter(({ outputs }) =>
    outputs.some(({ kind }) => kind === 'stack'),
  );
  expect([...Object.keys(CASES), ...WITHOUT_INPUT].sort()).toEqual(
    makers.map(({ id }) => id).sort(),
  );
});

describeWith('python', 'what the file states', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axial-calibration-'));
  const calls = Object.entries(CASES).flatMap(([command, cases]) =>
    cases.flatMap((call) =>
      (['even', 'uneven'] as const).map((input) => ({ command, input, call })),
    ),
  );
  const filesOf = (i: number): string[] =>
    Object.keys(calls[i].call.results).map((name) => join(folder, String(i), name));
  const ended: CommandLineResult[] = [];
  let read: { readonly [path: string]: Facts & { readonly history: string } };

  beforeAll(async () => {
    await runPython(SCRIPT, 'write', folder);
    writeFileSync(join(folder, 'figures.json'), '{ "figures": [{ "offset": 1, "scale": 2 }] }');
    for (const [i, { input, call }] of calls.entries()) {
      const out = join(folder, String(i));
      mkdirSync(out);
      const filled = (text: string): string =>
        text.replaceAll('OUT', out).replaceAll('IN', join(folder, `${input}.ome.tif`));
      if (call.macro) writeFileSync(join(out, 'macro.axial'), filled(call.macro));
      ended.push(await axialCommandLine(filled(call.line).split(/ +/)));
    }
    read = await runPython(
      SCRIPT,
      'read',
      ...calls.flatMap((_, i) => filesOf(i)).filter(existsSync),
    );
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(calls.map((call, i) => ({ ...call, i, name: call.call.macro ?? call.call.line })))(
    'survives $name of $input planes',
    ({ command, call, input, i }) => {
      expect(ended[i].code, ended[i].stderr).toBe(0);
      for (const [k, change] of Object.values(call.results).entries()) {
        const { history, ...facts } = read[filesOf(i)[k]];
        expect(facts).toEqual(expected(input, change));
        expect(history).toMatch(/sha256="[0-9a-f]{64}"/);
        expect(history).toContain(`${command}(`);
      }
    },
  );
});
