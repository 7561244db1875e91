import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { axialCommandLine, type CommandLineResult } from '#tests/helpers/axialCommandLine';
import { CASES, INPUTS, type Change, type Facts } from '#tests/helpers/calibrationCases';
import { writeZooPackage } from '#tests/helpers/zooPackage';
import { describeWith, runPython } from '#tests/helpers/referencePrograms';

/** What is read beside the facts that survive. */
interface Extras {
  readonly history: string;
  /** Width of the pinhole of each channel in micrometres. */
  readonly pinholesUm: readonly (number | null)[];
}

const SCRIPT = 'tests/reference/command/calibrated.py';

/** Commands that make a stack of nothing, and the one that runs other commands. */
const WITHOUT_INPUT = ['file.openSample', 'simulate.specimen', 'macro.run'];

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
  let read: { readonly [path: string]: Facts & Extras };

  beforeAll(async () => {
    await runPython(SCRIPT, 'write', folder);
    writeFileSync(join(folder, 'figures.json'), '{ "figures": [{ "offset": 1, "scale": 2 }] }');
    writeZooPackage(join(folder, 'model'), '0.5');
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

  it('tells of a simulated microscope, with the pinhole where it is confocal', async () => {
    const results = [];
    for (const options of ['', '--pinhole-airy 1.2']) {
      const file = join(folder, `simulated${results.length}.ome.tif`);
      const size = '--width 16 --height 12 --planes 3 --time-points 2 --time-step-s 4';
      const line = `simulate --specimen beads ${size} ${options} -o ${file}`;
      const { code, stderr } = await axialCommandLine(line.split(/ +/));
      expect(code, stderr).toBe(0);
      const facts = await runPython<{ [path: string]: Facts & Extras }>(SCRIPT, 'read', file);
      results.push(facts[file]);
    }
    const [wide, confocal] = results;
    expect(wide).toMatchObject({
      shape: { t: 2, c: 1, z: 3, y: 12, x: 16 },
      ...{ pixelSizeUm: [0.1, 0.1, 0.2], timeStepS: 4, pinholesUm: [null] },
      objective: [1.4, 63, 'Oil', 1.515],
    });
    expect(wide.channels.map(([, excitation, emission]) => [excitation, emission])).toEqual([
      [null, 525],
    ]);
    expect(confocal).toMatchObject({ pixelSizeUm: wide.pixelSizeUm, objective: wide.objective });
    expect(confocal.channels[0].slice(1)).toEqual([488, 525]);
    // 1.2 Airy units of 1.22 x 0.525 um / 1.4, magnified 63 times.
    expect(confocal.pinholesUm[0]).toBeCloseTo(34.587, 3);
  });

  it.each(calls.map((call, i) => ({ ...call, i, name: call.call.macro ?? call.call.line })))(
    'survives $name of $input planes',
    ({ command, call, input, i }) => {
      expect(ended[i].code, ended[i].stderr).toBe(0);
      for (const [k, change] of Object.values(call.results).entries()) {
        const { history, pinholesUm, ...facts } = read[filesOf(i)[k]];
        expect(facts).toEqual(expected(input, change));
        expect(pinholesUm).toEqual(facts.channels.map(() => null));
        expect(history).toMatch(/sha256="[0-9a-f]{64}"/);
        expect(history).toContain(`${command}(`);
      }
    },
  );
});
