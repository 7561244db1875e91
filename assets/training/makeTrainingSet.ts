/**
 * Prepares stacks as the papers do and draws the batches that `train.py` reads.
 *
 *     node build/scripts/runTypeScript.mjs assets/training/makeTrainingSet.ts --task recurrent-mz-63x \
 *       --simulated FOLDER [--simulated …] --measured STACK --out FOLDER [--side 128] [--reach PLANES] \
 *       [--overlap 0.05] [--batches 20000] [--seed 1] [--crop PX] [--batch-size N]
 *
 * Simulated folders hold the volumes of `assets/models/makeTrainingData.ts`; measured stacks are files of any
 * format that Axial opens, aligned, with their z step. Every region that is worth training on (`--side` pixels
 * wide, `--reach` planes around its sharpest one) becomes `region-NUMBER.raw`: float32, little-endian,
 * (z, y, x), normalised; noise-free planes follow where they are known. `set.json` lists the regions,
 * and each line of `batches.jsonl` holds the examples of one batch. For networks that see the plane of spectral
 * interpolation, `set.json` says how alike planes are, too. For networks that see a fitted specimen, batches are
 * drawn from scenes, and `makeFittedPlanes.ts` has to fit them.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { trainingVolumes } from '#core/command/steps/trainingVolumes';
import type { TrainingRegion } from '#core/command/steps/trainingVolumes';
import { openPath } from '#core/host/files/openPath';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import type { PlaneCorrelation } from '#core/image/PlaneCorrelation';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { correlationOf } from '#core/training/data/correlationOf';
import { drawBatch } from '#core/training/data/drawBatch';
import { drawScenes, type TrainingScene } from '#core/training/data/drawScenes';
import type { TrainingTask } from '#core/training/data/TrainingTask';
import { TRAINING_TASKS } from '#core/training/data/trainingTasks';
import { createRandom } from '#core/util/random';
import { replaceFile } from './replaceFile';

/** Planes are compared in this many regions, spread over the set. */
const REGIONS_COMPARED = 90;

/** A stack to cut regions from. */
interface Source {
  readonly name: string;
  readonly stack: ImageStack;
  readonly truth: ImageStack | null;
  readonly zStepUm: number;
  readonly optics: StoredOptics | null;
}

/** What a fit has to know of a stack. */
export interface StoredOptics {
  readonly pixelSizeUm: number;
  readonly numericalAperture: number;
  readonly immersionIndex: number;
  readonly emissionUm: number;
}

/** What `set.json` says of a region. */
export interface StoredRegion {
  readonly file: string;
  readonly source: string;
  readonly left: number;
  readonly top: number;
  readonly middle: number;
  readonly firstPlane: number;
  /** Planes, rows, columns. */
  readonly shape: readonly [number, number, number];
  readonly zStepUm: number;
  readonly optics: StoredOptics | null;
  /** Whether noise-free planes follow the measured ones. */
  readonly truth: boolean;
}

/** What `set.json` holds. */
export interface StoredSet {
  readonly task: TrainingTask;
  readonly seed: number;
  readonly correlation: PlaneCorrelation | null;
  readonly regions: readonly StoredRegion[];
  readonly scenes: readonly TrainingScene[] | null;
}

const { values } = parseArgs({
  options: {
    task: { type: 'string' },
    simulated: { type: 'string', multiple: true, default: [] },
    measured: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
    side: { type: 'string', default: '128' },
    reach: { type: 'string', default: 'Infinity' },
    overlap: { type: 'string', default: '0.05' },
    batches: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    crop: { type: 'string' },
    'batch-size': { type: 'string' },
  },
});
const { out } = values;
if (!out)
  throw new Error('Wanted: --task NAME --simulated FOLDER or --measured STACK, --out FOLDER');
const task = taskOf(values.task);
await mkdir(out, { recursive: true });
const regions: StoredRegion[] = [];
for (const folder of values.simulated) {
  for (const name of await volumesIn(folder)) await addRegions(await simulatedSource(folder, name));
}
for (const file of values.measured) await addRegions(await measuredSource(file));
const volumes = regions.map(({ shape: [planes, height, width], zStepUm }) => {
  return { planes, height, width, zStepUm };
});
const random = createRandom(Number(values.seed));
const scenes = task.fitted ? drawScenes(random, volumes, task, task.fitted) : null;
await writeBatches(join(out, 'batches.jsonl'));
const { seed } = values;
const correlation = await measuredCorrelation();
const about: StoredSet = { task, seed: Number(seed), correlation, regions, scenes };
await replaceFile(join(out, 'set.json'), JSON.stringify(about));

function taskOf(name = ''): TrainingTask {
  const found = TRAINING_TASKS.get(name);
  if (!found) {
    throw new Error(`No task "${name}"; there are ${[...TRAINING_TASKS.keys()].join(', ')}.`);
  }
  const { crop, 'batch-size': batchSize } = values;
  return {
    ...found,
    ...(crop !== undefined && { cropPx: Number(crop) }),
    ...(batchSize !== undefined && { batchSize: Number(batchSize) }),
  };
}

async function addRegions({ name, stack, truth, ...known }: Source): Promise<void> {
  const signal = new AbortController().signal;
  const context = { signal, progress: () => {}, tasks: inlineTaskRunner() };
  const { x, y } = stack.shape;
  const found = await trainingVolumes(context, stack, truth, {
    side: Math.min(Number(values.side), x, y),
    overlap: Number(values.overlap),
    reach: Number(values.reach),
  });
  for (const region of found.regions) await addRegion({ source: name, ...known }, region);
  process.stderr.write(`${name}: ${found.regions.length}\n`);
}

async function addRegion(
  known: Pick<StoredRegion, 'source' | 'zStepUm' | 'optics'>,
  found: TrainingRegion,
): Promise<void> {
  const { region, middle, firstPlane, measured, truth } = found;
  const { left, top, side } = region;
  const file = `region-${regions.length}.raw`;
  const bytes = [...measured, ...(truth ?? [])].map((plane) => Buffer.from(plane.buffer));
  await replaceFile(join(out ?? '', file), Buffer.concat(bytes));
  const shape = [measured.length, side, side] as const;
  const from = { file, left, top, middle, firstPlane };
  regions.push({ ...known, ...from, shape, truth: truth !== null });
}

/** How alike planes of the set are, for tasks that want it; some regions are enough. */
async function measuredCorrelation(): Promise<PlaneCorrelation | null> {
  if (task.correlationUm === undefined) return null;
  const every = Math.ceil(regions.length / REGIONS_COMPARED);
  const chosen = regions.filter((_, index) => index % every === 0);
  return correlationOf(await Promise.all(chosen.map(cleanestPlanes)), task.correlationUm);
}

/** The planes of a region without noise where they are known, else as measured. */
async function cleanestPlanes({ file, shape, zStepUm, truth }: StoredRegion) {
  const [count, height, width] = shape;
  const samples = new Float32Array(await bytesOf(join(out ?? '', file)));
  const from = truth ? count : 0;
  const area = width * height;
  const planes = Array.from({ length: count }, (_, z) =>
    samples.subarray((from + z) * area, (from + z + 1) * area),
  );
  return { planes, width, height, zStepUm };
}

async function writeBatches(path: string): Promise<void> {
  const file = createWriteStream(`${path}.part`);
  for (let k = 0; k < Number(values.batches); k++) {
    file.write(`${JSON.stringify(drawBatch(random, volumes, task, scenes))}\n`);
  }
  file.end();
  await finished(file);
  await rename(`${path}.part`, path);
}

/** Names of the descriptions of complete volumes, in the order of their seeds. */
async function volumesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^volume-\d+\.json$/.test(name));
  const seedOf = (name: string): number => Number(/\d+/.exec(name)?.[0]);
  return names.toSorted((one, other) => seedOf(one) - seedOf(other));
}

async function simulatedSource(folder: string, name: string): Promise<Source> {
  const about = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
    readonly shape: readonly [number, number, number];
    readonly pixelSizeUm: number;
    readonly zStepUm: number;
    readonly options: { readonly system: Omit<StoredOptics, 'pixelSizeUm'> };
    readonly noisy: { readonly file: string };
    readonly clean: { readonly file: string };
  };
  const noisy = new Uint16Array(await bytesOf(join(folder, about.noisy.file)));
  const clean = new Float32Array(await bytesOf(join(folder, about.clean.file)));
  const { zStepUm, shape } = about;
  const [stack, truth] = [stackOf(name, shape, noisy), stackOf(name, shape, clean)];
  const { numericalAperture, immersionIndex, emissionUm } = about.options.system;
  const optics = {
    ...{ pixelSizeUm: about.pixelSizeUm, numericalAperture, immersionIndex, emissionUm },
  };
  return { name: basename(name, '.json'), stack, truth, zStepUm, optics };
}

async function measuredSource(file: string): Promise<Source> {
  const stack = await openPath(file);
  const zStepUm = stack.calibration.pixelSizeUm.z;
  if (zStepUm === null) throw new Error(`${file} does not state its z step; set it first.`);
  return { name: stack.name, stack, truth: null, zStepUm, optics: null };
}

/** The bytes of a file in memory of their own, aligned for any samples. */
async function bytesOf(file: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(file);
  return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
}

function stackOf(
  name: string,
  [z, y, x]: readonly [number, number, number],
  samples: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
): ImageStack {
  const shape = { t: 1, c: 1, z, y, x };
  const planes = Array.from({ length: z }, (_, k) => samples.subarray(k * y * x, (k + 1) * y * x));
  const pixelType = samples instanceof Uint16Array ? 'uint16' : 'float32';
  return {
    ...{ name, shape, pixelType, calibration: unknownCalibration(1), history: EMPTY_HISTORY },
    ...{ valueMapping: null, notes: [], source: memoryPlaneSource(shape, planes) },
  };
}
