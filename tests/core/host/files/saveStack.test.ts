import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Progress } from '#core/command/CommandContext';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { saveStack } from '#core/host/files/saveStack';
import { isAxialError } from '#core/util/errors';
import { rampStack } from '#tests/helpers/rampStack';

const folder = mkdtempSync(join(tmpdir(), 'axial-save-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = createFileAccess();

/** A stack whose history opens `path`. */
function openedFrom(path: string) {
  const call = { command: 'file.open', inputs: [], outputs: ['stack'], params: { path } };
  return rampStack({ t: 1, c: 1, z: 2, y: 5, x: 4 }, 'uint8', {
    history: { calls: [call], result: 'stack' },
  });
}

describe('saveStack', () => {
  it('tells of the checksum that it takes of the input, and keeps it', async () => {
    const input = join(folder, 'input.tif');
    const bytes = new Uint8Array(3_500_000).fill(7);
    writeFileSync(input, bytes);
    const heard: Progress[] = [];
    const output = join(folder, 'out.ome.tif');
    await saveStack(openedFrom(input), output, files, { onProgress: (told) => heard.push(told) });
    const told = heard.filter(({ step }) => step === 'Taking the checksum of input.tif');
    expect(told.length).toBeGreaterThan(2);
    const fractions = heard.map(({ fraction }) => fraction ?? 0);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    const { history } = await files.open(output);
    const saved = history.calls[0]?.params['sha256'];
    expect(saved).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('finds out that it cannot write before it reads a large input', async () => {
    let asked = 0;
    const checksum = () => {
      asked++;
      return Promise.resolve('');
    };
    const saving = saveStack(openedFrom('a.tif'), join(folder, 'no', 'out.tif'), { checksum });
    await expect(saving).rejects.toMatchObject({ tag: 'FileAccessError' });
    expect(asked).toBe(0);
  });

  it('leaves nothing behind when it is cancelled while it takes the checksum', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const checksum = () => {
      controller.abort();
      return Promise.reject(new Error('stopped'));
    };
    const saving = saveStack(openedFrom('a.tif'), join(folder, 'b.tif'), { checksum }, { signal });
    await expect(saving).rejects.toSatisfy((error) => !isAxialError(error, 'FileAccessError'));
    expect(readdirSync(folder).filter((name) => name.includes('b.tif'))).toEqual([]);
  });
});
