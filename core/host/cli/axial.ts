import { fileURLToPath } from 'node:url';
import { main } from './main';

// The bundle lies in dist/cli: the worker beside it, the folder that holds assets/ two levels up.
const root = fileURLToPath(new URL('../..', import.meta.url));
const workerEntry = new URL('worker.cjs', import.meta.url);
process.exitCode = await main(root, workerEntry, process.argv.slice(2));
