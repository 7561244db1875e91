// npm run bench: our methods beside other programs, from tests/bench/**/*.bench.ts, as a table at the
// end. Arguments after -- filter by path. Takes AXIAL_PYTHON, or fetches the reference programs.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchTable } from './benchTable.mjs';
import { buildIfStale } from './buildIfStale.mjs';
import { referencePrograms } from './referencePrograms.mjs';
import { runVisibly } from './runProgram.mjs';

const programs = process.env.AXIAL_PYTHON ? {} : await referencePrograms();
await buildIfStale(['cli']);
const folder = mkdtempSync(join(tmpdir(), 'axial-bench-'));
const rows = join(folder, 'rows.jsonl');
const vitest = ['node_modules/vitest/vitest.mjs', 'bench', '--run', '--project', 'unit'];
const config = ['--config', 'build/vitest.config.ts', '--passWithNoTests', '--no-file-parallelism'];
process.exitCode = await runVisibly(
  process.execPath,
  [...vitest, ...config, ...process.argv.slice(2)],
  { env: { ...process.env, ...programs, AXIAL_BENCH_ROWS: rows } },
);
if (existsSync(rows)) {
  const lines = readFileSync(rows, 'utf8').trim().split('\n');
  console.log(`\n${benchTable(lines.map((line) => JSON.parse(line)))}`);
}
rmSync(folder, { recursive: true });
