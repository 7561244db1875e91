// npm run build: makes dist/ from the sources. Names of groups (cli, electron, renderer) build those only.
import { buildOrExit } from './buildOrExit.mjs';

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
await buildOrExit(names.length > 0 ? names : undefined, { force: true, say: console.log });
