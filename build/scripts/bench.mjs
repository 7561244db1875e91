// npm run bench: time of the methods, from tests/bench/**/*.bench.ts. Arguments after -- filter by path.
import { runVisibly } from './runProgram.mjs';

const vitest = ['node_modules/vitest/vitest.mjs', 'bench', '--run', '--project', 'unit'];
const config = ['--config', 'build/vitest.config.ts', '--passWithNoTests'];
process.exitCode = await runVisibly(process.execPath, [
  ...vitest,
  ...config,
  ...process.argv.slice(2),
]);
