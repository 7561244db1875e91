import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, whatever folder the user typed the command in. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export const dist = join(root, 'dist');

/** Things that are fetched once and kept between checkouts: test programs, a development Electron. */
export const userCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'axial');
