import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { parseArguments } from '#core/host/cli/parseArguments';
import { runVerb } from '#core/host/cli/runVerb';
import { createEngine } from '#core/host/engine/createEngine';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { axialCommandLine } from '#tests/helpers/axialCommandLine';
import { interpolatingModels } from '#tests/helpers/interpolatingModels';

const folder = mkdtempSync(join(tmpdir(), 'axial-verb-'));
const input = join(folder, 'in.ome.tif');
const output = join(folder, 'out.ome.tif');
beforeAll(() =>
  axialCommandLine(['simulate', '--width', '40', '--height', '36', '--planes', '6', '-o', input]),
);
afterAll(() => rmSync(folder, { recursive: true }));

async function fractionsOf(words: readonly string[]): Promise<number[]> {
  const definition = [...commands.values()].find(({ verb }) => verb === words[0]);
  if (!definition) throw new RangeError(words[0]);
  const command = describeCommand(definition);
  const engine = createEngine({
    tasks: inlineTaskRunner(),
    models: interpolatingModels(),
    samplesFolder: folder,
    eager: false,
  });
  const heard: number[] = [];
  await runVerb(
    engine,
    command,
    parseArguments(command, words.slice(1)),
    { onProgress: ({ fraction }) => fraction !== null && heard.push(fraction) },
    (path, text) => createFileAccess().saveText(path, text),
  );
  return heard;
}

describe('the progress of a verb', () => {
  it.each([
    ['align', input, '-o', output],
    ['align', input, '-o', join(folder, 'imagej.tif')],
    ['normalise', input, '-o', output],
    ['threshold', input],
    ['threshold', input, '-o', output],
    ['background', input, '--method', 'flat-field', '-o', output, '--background', input + 2],
    ['project', input, '--method', 'median', '-o', output],
    ['blur', input, '-o', output],
    ['reconstruct', input, '--inputs', '0,4', '-o', output],
    ['convert', input, '--pixel-type', 'float32', '-o', output],
    ['merge', input, input, '-o', output],
    ['edf', input, '-o', output, '--height-map', input + 3],
  ])('never falls back and ends at 1: %s %s %s %s %s %s %s', async (...words) => {
    const heard = await fractionsOf(words);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.at(-1)).toBeCloseTo(1, 9);
    expect(heard.length).toBeGreaterThan(1);
  });

  it('leaves room for the pixels that are still to be made when registration is done', async () => {
    const heard = await fractionsOf(['align', input, '-o', output]);
    expect(heard.filter((fraction) => fraction > 0.65 && fraction < 1).length).toBeGreaterThan(3);
  });
});
