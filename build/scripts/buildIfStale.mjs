import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from './buildLock.mjs';
import { groups } from './bundles.mjs';
import { dist } from './paths.mjs';
import { sourceStamp } from './sourceStamp.mjs';

/**
 * Builds the named groups (all of them by default) whose sources changed since they were built.
 * Costs some milliseconds when nothing did: Vite is loaded only to build.
 *
 * @param {string[]} [names] groups of `bundles.mjs`
 * @param {{ force?: boolean, say?: (line: string) => void }} [options]
 */
export async function buildIfStale(names = groups.map(({ name }) => name), options = {}) {
  const { force = false, say = (line) => process.stderr.write(`${line}\n`) } = options;
  const wanted = groups.filter(({ name }) => names.includes(name));
  if (!force && wanted.every(isFresh)) return;
  await withBuildLock(async () => {
    for (const group of wanted) {
      if (force || !isFresh(group)) await buildGroup(group, say);
    }
  });
}

function stampFile({ name }) {
  return join(dist, 'stamps', name);
}

function isFresh(group) {
  const file = stampFile(group);
  return existsSync(file) && readFileSync(file, 'utf8') === sourceStamp(group.sources);
}

async function buildGroup(group, say) {
  const { bundle } = await import('./bundle.mjs');
  const stamp = sourceStamp(group.sources);
  const startedMs = performance.now();
  for (const spec of group.bundles) {
    await bundle(spec);
  }
  mkdirSync(join(dist, 'stamps'), { recursive: true });
  writeFileSync(stampFile(group), stamp);
  say(`Built dist/${group.name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
}
