import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './paths.mjs';

/** What one stage gave. `skips` and `failures` are names of tests. */
export const EMPTY_RESULT = { passed: 0, failed: 0, skipped: 0, skips: [], failures: [] };

/** Counts the tests in a report of Vitest's JSON reporter; a file that did not load is one failure. */
export function readReport(file) {
  if (!existsSync(file)) return null;
  const result = { passed: 0, failed: 0, skipped: 0, skips: [], failures: [] };
  for (const suite of JSON.parse(readFileSync(file, 'utf8')).testResults) {
    const where = relative(root, suite.name);
    for (const test of suite.assertionResults) count(result, test, where);
    const hasFailure = suite.assertionResults.some(({ status }) => status === 'failed');
    if (suite.status === 'failed' && !hasFailure) {
      result.failed += 1;
      result.failures.push(`${where} (the file failed)`);
    }
  }
  return result;
}

function count(result, { status, fullName }, where) {
  const name = `${where}: ${fullName}`;
  if (status === 'passed') result.passed += 1;
  else if (status === 'failed') {
    result.failed += 1;
    result.failures.push(name);
  } else {
    result.skipped += 1;
    result.skips.push(name);
  }
}

/** The closing table; its last line is the sum over all stages in a shape that machines read. */
export function printSummary(stages) {
  console.log('');
  for (const { failures } of stages) for (const name of failures) console.log(`failed: ${name}`);
  for (const { skips } of stages) for (const name of skips) console.log(`skipped: ${name}`);
  console.log('\nstage        seconds  passed  failed  skipped');
  for (const { name, seconds, ...result } of stages) {
    const figures = [seconds.toFixed(1), result.passed, result.failed, result.skipped];
    const [time, ...counts] = figures.map(String);
    const columns = counts.map((text) => text.padStart(7));
    console.log(`${name.padEnd(12)} ${time.padStart(7)} ${columns.join(' ')}`);
  }
  const sum = (key) => stages.reduce((total, stage) => total + stage[key], 0);
  const line = `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
  console.log(`\n${line}`);
  return sum('failed') === 0;
}
