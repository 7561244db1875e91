import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Folder of a file, when there is one and it still exists. */
export function folderOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  const folder = dirname(path);
  return existsSync(folder) ? folder : null;
}
