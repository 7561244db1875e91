/**
 * Runs a TypeScript file of this repository in plain Node:
 *
 *     node build/scripts/runTypeScript.mjs FILE.ts [ARGUMENTS…]
 *
 * The file and what it imports (the `#core/…` aliases too) are bundled into one temporary module,
 * which runs with the given arguments and in the caller's folder.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './paths.mjs';

const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  process.stderr.write('usage: node build/scripts/runTypeScript.mjs FILE.ts [ARGUMENTS…]\n');
  process.exit(2);
}
// Inside the checkout, where the one package that cannot be bundled is found: it loads a native library.
const cache = join(root, '.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'run-'));
const file = join(folder, `${basename(entry, '.ts')}.mjs`);
const bundle = await rolldown({
  ...{ input: resolve(entry), platform: 'node', logLevel: 'warn' },
  external: ['onnxruntime-node'],
});
await bundle.write({ file, format: 'esm', codeSplitting: false });
await bundle.close();
const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', async (code, signal) => {
  await rm(folder, { recursive: true, force: true });
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
