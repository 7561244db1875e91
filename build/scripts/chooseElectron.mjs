import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentElectron } from './developmentElectron.mjs';
import { root } from './paths.mjs';
import { runQuietly } from './runProgram.mjs';

const DOWNLOAD_LIMIT_MS = 180_000;

/**
 * The folder of the Electron to run: the one that ELECTRON_OVERRIDE_DIST_PATH names, the one that
 * the electron package has downloaded, or the development Electron. Null where there is none.
 *
 * @param {{ download: boolean }} options whether to try Electron's own download first
 */
export async function chooseElectron({ download }) {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return named;
  return downloaded() ?? (download ? await tryDownload() : null) ?? (await developmentElectron());
}

/** The program inside such a folder. */
export function electronProgram(folder) {
  if (process.platform === 'darwin') return join(folder, 'Electron.app/Contents/MacOS/Electron');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

function downloaded() {
  const pathFile = join(root, 'node_modules/electron/path.txt');
  const folder = join(root, 'node_modules/electron/dist');
  if (!existsSync(pathFile)) return null;
  return existsSync(join(folder, readFileSync(pathFile, 'utf8').trim())) ? folder : null;
}

async function tryDownload() {
  console.error('Downloading Electron …');
  try {
    const install = join(root, 'node_modules/electron/install.js');
    await runQuietly(process.execPath, [install], { timeout: DOWNLOAD_LIMIT_MS });
    return downloaded();
  } catch {
    console.error(
      'Electron could not be downloaded from here; an older development Electron is used.',
    );
    return null;
  }
}
