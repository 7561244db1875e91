/**
 * Writes the simulated volumes that models are trained and judged on.
 *
 *     node build/scripts/runTypeScript.mjs assets/models/makeTrainingData.ts --domain neurons63 \
 *       --from 1000 --count 120 --out .cache/training/neurons63 [--processes 2] [--size 128]
 *
 * Domains are those of `core/optics/trainingDomains.ts`; without `--domain` it is "wide".
 *
 * For every seed: `volume-SEED.noisy.raw` (uint16), `volume-SEED.clean.raw` (float32), both
 * little-endian, (z, y, x), in grey levels, and `volume-SEED.json` with shape, pixel size and all
 * options. A volume whose JSON file is there is complete; it is made again only when the recipe has changed.
 */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { replaceFile } from '#assets/training/replaceFile';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { simulateStack } from '#core/optics/simulateStack';
import type { TrainingDomain } from '#core/optics/trainingDomains';
import { TRAINING_DOMAINS } from '#core/optics/trainingDomains';

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    count: { type: 'string' },
    out: { type: 'string' },
    processes: { type: 'string', default: '2' },
    part: { type: 'string' },
    domain: { type: 'string', default: 'wide' },
    size: { type: 'string' },
  },
});
const from = Number(values.from);
const count = Number(values.count);
const processes = Number(values.processes);
const { out } = values;
if (!Number.isInteger(from) || !Number.isInteger(count) || !out || !(processes >= 1)) {
  throw new Error('Wanted: --from SEED --count N --out FOLDER [--domain NAME] [--processes N]');
}
const domain = domainNamed(values.domain);
const size = values.size === undefined ? {} : sizeOf(Number(values.size));
await mkdir(out, { recursive: true });
if (values.part === undefined) {
  const parts = Array.from({ length: processes }, (_, part) => runPart(part));
  const codes = await Promise.all(parts);
  await writeIndex(out);
  process.exitCode = Math.max(...codes);
} else {
  for (let i = Number(values.part); i < count; i += processes) await makeVolume(from + i, out);
}

function domainNamed(name: string): TrainingDomain {
  const found = TRAINING_DOMAINS.get(name);
  if (!found) {
    throw new Error(`No domain "${name}"; there are ${[...TRAINING_DOMAINS.keys()].join(', ')}.`);
  }
  return found;
}

function sizeOf(side: number): { width: number; height: number } {
  if (!Number.isInteger(side) || side < 1) throw new Error('--size wants a number of pixels.');
  return { width: side, height: side };
}

/** Runs this script again for every `processes`-th volume; resolves to its exit code. */
function runPart(part: number): Promise<number> {
  const script = process.argv[1] ?? '';
  const child = fork(script, [...process.argv.slice(2), '--part', String(part)]);
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

async function makeVolume(seed: number, folder: string): Promise<void> {
  const name = `volume-${seed}`;
  const done = join(folder, `${name}.json`);
  const options = domain(seed, size);
  if (await holdsRecipe(done, options)) return;
  const started = performance.now();
  const stack = simulateStack(options);
  await writePlanes(join(folder, `${name}.noisy.raw`), stack.noisy);
  await writePlanes(join(folder, `${name}.clean.raw`), stack.clean);
  const { planes, height, width, pixelSizeUm, zStepUm } = options;
  const description = {
    seed,
    shape: [planes, height, width],
    noisy: { file: `${name}.noisy.raw`, type: 'uint16' },
    clean: { file: `${name}.clean.raw`, type: 'float32' },
    pixelSizeUm,
    zStepUm,
    domain: values.domain,
    gain: options.camera?.gain,
    offset: options.camera?.offset,
    options,
  };
  await replaceFile(done, `${JSON.stringify(description, null, 1)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${name} ${seconds} s\n`);
}

async function writePlanes(
  file: string,
  planes: readonly (Uint16Array | Float32Array)[],
): Promise<void> {
  const bytes = planes.map((plane) =>
    Buffer.from(plane.buffer, plane.byteOffset, plane.byteLength),
  );
  await replaceFile(file, Buffer.concat(bytes));
}

/** Whether the description names exactly these options; written last, it stands for all files. */
async function holdsRecipe(file: string, options: SimulationOptions): Promise<boolean> {
  if (!existsSync(file)) return false;
  const description = JSON.parse(await readFile(file, 'utf8')) as { options: unknown };
  return JSON.stringify(description.options) === JSON.stringify(options);
}

/** Joins the descriptions of all complete volumes of the folder, in the order of their seeds. */
async function writeIndex(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^volume-\d+\.json$/.test(name));
  const volumes = await Promise.all(
    names.map(
      async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as { seed: number },
    ),
  );
  volumes.sort((one, other) => one.seed - other.seed);
  await writeFile(join(folder, 'index.json'), `${JSON.stringify({ volumes }, null, 1)}\n`);
}
