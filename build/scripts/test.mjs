// npm test: everything that has to hold, from a bare checkout on.
//   npm test                            all stages
//   npm test -- unit lint               these stages
//   npm test -- unit tests/core/io      one stage, the files whose path holds the text
import { installPackages } from './installPackages.mjs';
import { printSummary } from './testReport.mjs';
import { prepare, stages } from './testStages.mjs';

const words = process.argv.slice(2);
const named = words.filter((word) => word in stages);
const filters = words.filter((word) => !(word in stages));
const names = named.length > 0 ? named : Object.keys(stages);

const results = [];
try {
  let env = process.env;
  await timed('set-up', async () => {
    await installPackages();
    env = await prepare(names);
  });
  for (const name of names) await timed(name, () => stages[name]({ env, filters }));
} catch (error) {
  console.error(error.message);
  results.push({
    name: 'set-up',
    seconds: 0,
    passed: 0,
    failed: 1,
    skipped: 0,
    skips: [],
    failures: ['set-up'],
  });
}
process.exitCode = printSummary(results) ? 0 : 1;

async function timed(name, work) {
  console.log(`\n=== ${name}`);
  const startedMs = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(`=== ${name}: ${seconds.toFixed(1)} s`);
  if (result) results.push({ name, seconds, ...result });
}
