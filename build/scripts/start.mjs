// npm start: builds what is stale and opens the window. Arguments after -- go to the application.
import { installPackages } from './installPackages.mjs';
import { root } from './paths.mjs';
import { findProgram, runVisibly } from './runProgram.mjs';
import { ELECTRON_PACKAGES, missingPackages } from './systemPackages.mjs';

await installPackages();
const { buildOrExit } = await import('./buildOrExit.mjs');
const { chooseElectron, electronProgram } = await import('./chooseElectron.mjs');
await buildOrExit();

const folder = await chooseElectron({ download: true });
if (!folder) {
  console.error('There is no Electron here. Name one with ELECTRON_OVERRIDE_DIST_PATH.');
  process.exit(4);
}
if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  const missing = missingPackages(ELECTRON_PACKAGES).map((names) => names.split('|')[0]);
  if (missing.length > 0) console.error(`Missing system packages: ${missing.join(' ')}`);
  const how = findProgram('xvfb-run') ? ' Under a virtual one: xvfb-run -a npm start' : '';
  console.error(`There is no display to open a window on.${how}`);
  process.exit(4);
}
// Chromium refuses its sandbox to root.
const asRoot = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
const args = [...asRoot, root, ...process.argv.slice(2)];
process.exitCode = await runVisibly(electronProgram(folder), args);
