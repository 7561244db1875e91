import { spawnSync } from 'node:child_process';
import { findProgram, runVisibly } from './runProgram.mjs';

/** What Electron needs to run under a virtual display; `a|b` means either (names differ by release). */
export const ELECTRON_PACKAGES = [
  'xvfb',
  'xauth',
  'libgtk-3-0|libgtk-3-0t64',
  'libnss3',
  'libasound2|libasound2t64',
  'libgbm1',
  'libatk-bridge2.0-0|libatk-bridge2.0-0t64',
  'libdrm2',
  'libxss1',
  'fonts-dejavu-core',
];

/** What the reference programs need: Python, Java with its compiler, the schema validator, and WebGPU's way to drivers. */
const REFERENCE_PACKAGES = ['libxml2-utils', 'python3-venv', 'libvulkan1'];
const REFERENCE_PROGRAMS = { javac: 'default-jdk-headless', mvn: 'maven' };

/**
 * Makes sure that the tests' system packages are there: installs the missing ones as root on
 * Debian, otherwise names them in one line. Elsewhere than on Debian it does nothing.
 */
export async function ensureSystemPackages() {
  const missing = missingPackages(testPackages());
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    console.log(`Missing system packages: sudo apt-get install ${missing.join(' ')}`);
    return;
  }
  console.log(`Installing system packages: ${missing.join(' ')}`);
  await aptGet(['update', '-qq']);
  const chosen = missing.map(withCandidate);
  const code = await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...chosen]);
  if (code !== 0) console.log(`apt-get could not install all of: ${chosen.join(' ')}`);
}

/** Those of `packages` that are not installed, empty where there is no dpkg. */
export function missingPackages(packages) {
  if (!findProgram('dpkg-query') || !findProgram('apt-get')) return [];
  return packages.filter((each) => !each.split('|').some(isInstalled));
}

function testPackages() {
  const programs = Object.entries(REFERENCE_PROGRAMS)
    .filter(([program]) => !findProgram(program))
    .map(([, name]) => name);
  return [...ELECTRON_PACKAGES, ...REFERENCE_PACKAGES, ...programs];
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return query.stdout.includes('install ok installed');
}

/** Of `a|b`, the name that this release of Debian has. */
function withCandidate(names) {
  const [first, ...others] = names.split('|');
  return [...others, first].find(hasCandidate) ?? first;
}

function hasCandidate(name) {
  const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))\S/.test(policy.stdout);
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return runVisibly('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
