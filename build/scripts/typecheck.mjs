// npm run typecheck: every layer alone, with only the types that its host has.
import { runVisibly } from './runProgram.mjs';

const program = 'node_modules/vue-tsc/bin/vue-tsc.js';
process.exitCode = await runVisibly(process.execPath, [program, '-b', 'tsconfig.json']);
