import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * A short text that changes when a file under `places` is added, removed, edited or touched.
 * It looks at directory entries only, so a few hundred files take some milliseconds.
 */
export function sourceStamp(places) {
  const seen = { count: 0, bytes: 0, newestMs: 0 };
  for (const place of places) visit(join(root, place), seen);
  return `${seen.count} files, ${seen.bytes} bytes, newest ${seen.newestMs}`;
}

function visit(path, seen) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(path)) visit(join(path, name), seen);
    return;
  }
  seen.count += 1;
  seen.bytes += stat.size;
  seen.newestMs = Math.max(seen.newestMs, Math.round(stat.mtimeMs));
}
