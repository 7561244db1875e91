import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { npmCommand, runVisibly } from './runProgram.mjs';

/** Runs `npm ci` when node_modules is missing or older than the lock file. Uses Node alone. */
export async function installPackages() {
  const installed = modifiedMs('node_modules/.package-lock.json');
  if (installed >= modifiedMs('package-lock.json')) return;
  console.error('Installing the npm packages (npm ci) …');
  const code = await runVisibly(...npmCommand(['ci', '--no-audit', '--no-fund']), {
    // Standard output may be somebody's data.
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new Error(`npm ci ended with code ${code}; nothing else can run.`);
}

function modifiedMs(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? -1;
}
