// node build/scripts/completeLockFile.mjs, after npm has changed package-lock.json.
//
// A package with native parts names one optional package per platform. A registry mirror may lack
// those of platforms that nobody there uses; npm then leaves them out of the lock file, and npm ci
// refuses it everywhere. This adds them: the version is pinned by the package that names them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const PLATFORM =
  /-(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>\w+))?$/;

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
for (const owner of Object.entries(lock.packages)) addMissing(owner);
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

function addMissing([path, { optionalDependencies = {}, dev, license }]) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (places.some((place) => place in lock.packages)) continue;
    const platform = PLATFORM.exec(name)?.groups;
    if (!platform) throw new Error(`${name} is not in the lock file, and names no platform.`);
    const { os, cpu, abi } = platform;
    const libc = os === 'linux' && abi ? [abi.startsWith('musl') ? 'musl' : 'glibc'] : undefined;
    lock.packages[`node_modules/${name}`] = {
      ...{ version, cpu: [cpu], dev, libc, license, optional: true, os: [os] },
    };
    console.log(`added ${name} ${version}`);
  }
}
