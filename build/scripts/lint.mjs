// npm run lint: layout (prettier), rules (eslint), dead code and undeclared packages (knip).
// All three run even when one complains. With --fix the first two repair what they can.
import { runVisibly } from './runProgram.mjs';

const fix = process.argv.includes('--fix');
const config = (name) => ['--config', `build/${name}`];
const checks = [
  [
    'node_modules/prettier/bin/prettier.cjs',
    ...[...config('prettier.config.js'), '--ignore-path', 'build/prettierignore'],
    ...[fix ? '--write' : '--check', '--log-level', 'warn', '.'],
  ],
  [
    'node_modules/eslint/bin/eslint.js',
    ...[...config('eslint.config.js'), '--max-warnings=0', ...(fix ? ['--fix'] : []), '.'],
  ],
  ['node_modules/knip/bin/knip.js', ...config('knip.json'), '--no-progress'],
];

const codes = [];
for (const args of checks) codes.push(await runVisibly(process.execPath, args));
process.exitCode = Math.max(...codes);
