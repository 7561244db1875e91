import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileByteSink } from '#core/host/files/fileByteSink';

const ROUNDS = 15;
const WORDS = 2 ** 19;
const LONGEST_WAIT_MS = 40;
const folder = mkdtempSync(join(tmpdir(), 'axial-killed-save-'));
const program = join(folder, 'program');
const target = join(folder, 'saved', 'stack.tif');

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'saveRepeatedly.ts'),
      outDir: program,
      rollupOptions: { output: { entryFileNames: 'saveRepeatedly.mjs' } },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Lets a process save again and again, kills it, and says which save it finished last. */
function killAfter(waitMs: number, first: number): Promise<number> {
  const child = fork(join(program, 'saveRepeatedly.mjs'), [target, String(WORDS), String(first)]);
  let last = first - 1;
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('message', (save: number) => {
      if (save === first) setTimeout(() => child.kill('SIGKILL'), waitMs);
      last = save;
    });
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(last);
      else reject(new Error(`The saving process ended by itself with ${code}.`));
    });
  });
}

function savedNumbers(): { words: number; first: number; last: number; same: boolean } {
  const bytes = Uint8Array.from(readFileSync(target));
  const words = new Uint32Array(bytes.buffer);
  return {
    words: words.length,
    first: words[0],
    last: words[words.length - 1],
    same: words.every((word) => word === words[0]),
  };
}

it('a save that is killed leaves the old file or the complete new one', async () => {
  mkdirSync(join(folder, 'saved'));
  let next = 1;
  let leftovers = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const reported = await killAfter(Math.random() * LONGEST_WAIT_MS, next);
    const found = savedNumbers();
    expect(found).toMatchObject({ words: WORDS, same: true });
    // The rename may have happened just before the word of it could be sent.
    expect([reported, reported + 1]).toContain(found.first);
    next = found.first + 1;
    const files = readdirSync(join(folder, 'saved'));
    // What the round before left was removed: at most this round's own remains.
    expect(files.length).toBeLessThanOrEqual(2);
    leftovers += files.length - 1;
  }
  // Else the kills all fell between saves, and nothing was tried.
  expect(leftovers).toBeGreaterThan(0);
  const sink = await fileByteSink(target);
  await sink.write(0, Uint8Array.of(1));
  await sink.commit();
  expect(readdirSync(join(folder, 'saved'))).toEqual(['stack.tif']);
});
