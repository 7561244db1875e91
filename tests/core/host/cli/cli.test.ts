import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '#core/command/commands';
import { AXIAL_VERSION } from '#core/util/version';
import { axialCommandLine } from '#tests/helpers/axialCommandLine';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'axial-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function axial(...words: string[]) {
  return axialUntil(new AbortController().signal, ...words);
}

const axialUntil = (signal: AbortSignal, ...words: string[]) =>
  axialCommandLine(words, { signal, samplesFolder: folder });

const file = (name: string): string => join(folder, name);
/** The same file, its history made unreadable in place. */
const plainTiff = async (): Promise<string> => {
  await simulate('-o', file('own.ome.tif'));
  const text = readFileSync(file('own.ome.tif'), 'latin1').replaceAll('History>', 'Hearsay>');
  writeFileSync(file('plain.ome.tif'), text, 'latin1');
  return file('plain.ome.tif');
};
const simulate = (...words: string[]) =>
  axial('simulate', '--width', '32', '--height', '24', '--planes', '3', ...words);

describe('the command line', () => {
  it('prints version, overview and pages of help', async () => {
    expect((await axial('--version')).stdout).toBe(`${AXIAL_VERSION}\n`);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(AXIAL_VERSION).toBe(version);
    expect((await axial()).stdout).toContain('Usage: axial VERB');
    expect((await axial('models', 'list', '--help')).stdout).toContain('axial models list');
    expect(JSON.parse((await axial('commands', '--json')).stdout)).toHaveLength(commands.size);
  });

  it('prints one JSON document and nothing else when asked', async () => {
    await simulate('-o', file('a.ome.tif'));
    const { code, stdout } = await axial('info', file('a.ome.tif'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      path: file('a.ome.tif'),
      format: 'ome-tiff',
      axes: 'zyx',
      shape: { t: 1, c: 1, z: 3, y: 24, x: 32 },
      pixelType: 'uint16',
      pixelSizeUm: { x: 0.1, y: 0.1, z: 0.2 },
      zPositionsUm: [0, 0.2, 0.4],
      channels: [{ name: 'DAPI', emissionNm: 461 }],
    });
    const failed = await axial('info', file('missing.tif'), '--json');
    expect(JSON.parse(failed.stdout)).toMatchObject({ error: { tag: 'FileAccessError' } });
  });

  it('says null, never 1, for a length that the file does not state', async () => {
    await simulate('-o', file('a.png.tif'));
    await axial('convert', file('a.png.tif'), '-o', file('b.ome.tif'));
    expect(
      (await axial('info', file('b.ome.tif'), '--z-step-um', '0.5', '--json')).stdout,
    ).toContain('"z": 0.5');
  });

  it.each([
    [['frobnicate'], 2, 'There is no verb'],
    [['info'], 2, 'Missing'],
    [['align', 'a.tif', '-o', 'b.tif', '--model', 'bendy'], 2, 'does not take'],
    [['info', '/no/such.tif'], 3, 'no such file'],
    [['models', 'test', 'nothing'], 0, 'nothing: passed'],
  ])('ends %j with exit code %i', async (words, expected, message) => {
    const { code, stdout, stderr } = await axial(...words);
    expect(code).toBe(expected);
    expect(stdout + stderr).toContain(message);
  });

  it.each([
    [['alignn'], 'Did you mean "axial align"?'],
    [['normalize', 'a.tif'], 'Did you mean "axial normalise"?'],
    [['models'], 'One of: axial models list, axial models info, axial models test.'],
    [['models', 'tset'], 'There is no verb "models tset"'],
    [['--model', 'rigid'], 'The verb comes first'],
    [['align', 'a.tif', '-o', 'b.tif', '--modle', 'rigid'], 'Did you mean --model?'],
    [['align', 'a.tif', '-o', 'b.tif', '--model', 'rigd'], 'Did you mean "rigid"?'],
    [['commands', '--jsn'], 'one word too many'],
  ])('answers the slip %j with what was probably meant', async (words, hint) => {
    const { code, stdout, stderr } = await axial(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
  });

  it.each([
    [['--help']],
    [['--version']],
    [['commands']],
    [['help', 'align']],
    [['info', '--help']],
    [['models', '--help']],
    [['frobnicate']],
    [['reconstruct', 'a.tif']],
  ])('prints one JSON document for %j with --json too', async (words) => {
    const { stdout } = await axial(...words, '--json');
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect((await axial(...words)).stdout).not.toMatch(/^[[{]/);
  });

  it('explains a verb and a group of verbs', async () => {
    expect((await axial('help', 'align')).stdout).toBe((await axial('align', '--help')).stdout);
    expect((await axial('models', '--help')).stdout).toContain('models test');
    expect((await axial('commands', '--help')).stdout).toContain('Usage: axial commands');
  });

  it('takes the name of a model', async () => {
    await simulate('-o', file('a.ome.tif'));
    const words = ['reconstruct', file('a.ome.tif'), '-o', file('v.ome.tif'), '--inputs', '0,2'];
    const { code, stderr } = await axial(...words, '--model', 'interpolation');
    expect([code, stderr.includes('does not take')]).toEqual([0, false]);
  });

  it('writes the model that it chose into the history', async () => {
    await simulate('-o', file('a.ome.tif'));
    await axial('reconstruct', file('a.ome.tif'), '-o', file('v.ome.tif'), '--inputs', '0,2');
    const { macro } = JSON.parse((await axial('info', file('v.ome.tif'), '--json')).stdout) as {
      macro: string;
    };
    expect(macro).toContain('model="interpolation"');
  });

  it('says so when there is nothing to replay, to set or to save', async () => {
    const plain = await plainTiff();
    const none = await axial('run', plain, '-o', file('b.tif'));
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('carries no history')]);
    writeFileSync(file('m.axial'), 'let f = "x"\n');
    const empty = await axial('run', file('m.axial'), '-o', file('b.tif'));
    expect([empty.code, empty.stdout]).toEqual([3, '']);
    const wrong = await axial('run', file('m.axial'), '--set', 'g=3');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('variables are: f')]);
  });

  it('finds out that it cannot write before it computes', async () => {
    await simulate('-o', file('a.ome.tif'));
    const { code, stderr } = await axial('align', file('a.ome.tif'), '-o', file('no/b.ome.tif'));
    expect(code).toBe(3);
    expect(stderr).toContain(`there is no folder ${file('no')}`);
    expect(stderr).not.toContain('Registering');
    expect((await axial('align', file('a.ome.tif'), '-o', folder)).stderr).toContain('a folder');
  });

  it('ends with 4 when the installation lacks something, and says what', async () => {
    const { code, stdout } = await axial('doctor');
    expect(stdout).toMatch(/problem +Sample stack: .* is missing\. Install Axial again\./);
    expect(code).toBe(4);
    const { ok } = JSON.parse((await axial('doctor', '--json')).stdout) as { ok: boolean };
    expect(ok).toBe(false);
  });

  it('refuses planes and heights at once', async () => {
    await simulate('-o', file('a.ome.tif'));
    const { code, stderr } = await axial(
      ...['reconstruct', file('a.ome.tif'), '-o', file('b.ome.tif'), '--inputs', '0,2'],
      ...['--planes', '1', '--z', '0:0.4:0.1'],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('Give either --planes or --z');
  });

  it('ends with 130 when it was cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const { code, stderr } = await axialUntil(
      controller.signal,
      'simulate',
      '-o',
      file('x.ome.tif'),
    );
    expect([code, stderr]).toEqual([130, 'Cancelled.\n']);
  });

  it('writes every output that was asked for', async () => {
    await simulate('-o', file('a.ome.tif'), '--truth', file('t.ome.tif'));
    const { code, stdout } = await axial(
      ...[
        'align',
        file('a.ome.tif'),
        '-o',
        file('b.tif'),
        '--transforms',
        file('t.json'),
        '--quiet',
      ],
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`Saved ${file('t.json')}`);
    expect(JSON.parse(readFileSync(file('t.json'), 'utf8'))).toMatchObject({ model: 'rigid' });
    const compared = await axial('compare', file('b.tif'), file('t.ome.tif'), '-o', file('r.html'));
    expect(compared.stdout).toContain('PSNR');
    expect(readFileSync(file('r.html'), 'utf8')).toContain('<svg');
  });
});
