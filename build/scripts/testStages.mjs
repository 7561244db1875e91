import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './buildIfStale.mjs';
import { chooseElectron } from './chooseElectron.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';
import { referencePrograms } from './referencePrograms.mjs';
import { root } from './paths.mjs';
import { findProgram, runVisibly } from './runProgram.mjs';
import { EMPTY_RESULT, readReport } from './testReport.mjs';

const CONFIG = 'build/vitest.config.ts';
/** Stages whose tests compare with the outside: in CI, one that did not run is a failure. */
const MUST_RUN_IN_CI = ['reference', 'e2e'];
/** How a test names data that the repository does not carry, or a device; only such tests may be left out. */
const MAY_BE_LEFT_OUT = /\((missing: set [A-Z_]+|no such device here)\)/;

/** What is run, in order. Each stage gives counts; a stage that is no test counts when it fails. */
export const stages = {
  typecheck: (options) => script('typecheck', ['build/scripts/typecheck.mjs'], options),
  lint: (options) => script('lint', ['build/scripts/lint.mjs'], options),
  build: (options) => script('build', ['build/scripts/build.mjs'], options),
  unit: (options) => vitest('unit', options),
  reference: (options) => vitest('reference', options),
  e2e: endToEnd,
};

/** Fetches what the chosen stages need; gives the environment in which they run. */
export async function prepare(names) {
  const env = { ...process.env };
  if (!names.some((name) => MUST_RUN_IN_CI.includes(name))) return env;
  await ensureSystemPackages();
  const [programs, electron] = await Promise.all([
    names.includes('reference') ? referencePrograms() : {},
    chooseElectron({ download: false }),
  ]);
  Object.assign(env, programs);
  if (electron)
    Object.assign(env, { ELECTRON_OVERRIDE_DIST_PATH: electron }, softwareGpu(electron));
  return env;
}

/** Electron brings a graphics processor in software: slow, but networks can be compared on it. */
function softwareGpu(electron) {
  const driver = join(electron, 'vk_swiftshader_icd.json');
  return process.env.VK_ICD_FILENAMES || !existsSync(driver) ? {} : { VK_ICD_FILENAMES: driver };
}

async function script(name, args, { env }) {
  const code = await runVisibly(process.execPath, args, { env });
  return code === 0 ? EMPTY_RESULT : { ...EMPTY_RESULT, failed: 1, failures: [name] };
}

async function vitest(project, { env, filters, wrap = [] }) {
  const folder = join(root, '.cache', 'tests');
  const file = join(folder, `${project}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const [command, ...args] = [
    ...wrap,
    ...[process.execPath, program, 'run', '--config', CONFIG, '--project', project],
    ...['--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ...filters,
  ];
  const code = await runVisibly(command, args, { env });
  const result = readReport(file) ?? { ...EMPTY_RESULT };
  if (code !== 0 && result.failed === 0) {
    return { ...result, failed: 1, failures: [`${project} (the runner ended with code ${code})`] };
  }
  return MUST_RUN_IN_CI.includes(project) ? forbidSkips(result) : result;
}

/**
 * In CI a skipped test of these stages is a failure: nobody would notice that it never runs.
 * A test of data that must not be in the repository stays a skip, by its name.
 */
function forbidSkips(result) {
  if (process.env.CI !== 'true') return result;
  const allowed = result.skips.filter((name) => MAY_BE_LEFT_OUT.test(name));
  const forbidden = result.skips.filter((name) => !MAY_BE_LEFT_OUT.test(name));
  return {
    ...result,
    failed: result.failed + forbidden.length,
    skipped: allowed.length,
    skips: allowed,
    failures: [...result.failures, ...forbidden.map((name) => `${name} (skipped in CI)`)],
  };
}

async function endToEnd(options) {
  const reason = whyNoWindow(options.env);
  if (!reason) {
    await buildIfStale();
    return vitest('e2e', { ...options, wrap: virtualDisplay() });
  }
  const skips = endToEndFiles().map((file) => `${file} (${reason})`);
  return forbidSkips({ ...EMPTY_RESULT, skipped: skips.length, skips });
}

function whyNoWindow(env) {
  if (!env.ELECTRON_OVERRIDE_DIST_PATH) return 'there is no Electron that runs here';
  if (process.platform !== 'linux' || env.DISPLAY || findProgram('xvfb-run')) return null;
  return 'there is no display and no xvfb-run';
}

function virtualDisplay() {
  const program = process.platform === 'linux' ? findProgram('xvfb-run') : null;
  return program ? [program, '-a', '-s', '-screen 0 1600x1000x24'] : [];
}

function endToEndFiles() {
  const folder = join(root, 'tests', 'e2e');
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/e2e/${name}`);
}
