// npm run lint: layout (prettier), rules (eslint), dead code and undeclared packages (knip).
// All three run even when one complains. With --fix the first two repair what they can.
import { runVisibly } from './runProgram.mjs';

const fix = process.argv.includes('--fix');
/** Data that programs write, and tables that prettier would pad. */
const NOT_OURS_TO_LAY_OUT = ['!tests/fixtures/**', '!assets/models/**/*.{json,yaml}', '!**/*.md'];
const config = (name) => ['--config', `build/${name}`];
const checks = [
  [
    'node_modules/prettier/bin/prettier.cjs',
    ...[...config('prettier.config.js'), '--ignore-path', '.gitignore'],
    ...[fix ? '--write' : '--check', '--log-level', 'warn', '.', ...NOT_OURS_TO_LAY_OUT],
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
