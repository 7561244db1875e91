// npm run --silent axial -- VERB …: the command line from a checkout, rebuilt first when it is stale.
// It runs in this very process, so exit codes and signals are those of the command line itself.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOrExit } from './buildOrExit.mjs';
import { dist } from './paths.mjs';

await buildOrExit(['cli']);
const program = join(dist, 'cli', 'axial.mjs');
process.argv[1] = program;
await import(pathToFileURL(program).href);
