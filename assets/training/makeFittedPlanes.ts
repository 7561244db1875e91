/**
 * Fits specimens to the scenes of a training set, for networks that see what they look like.
 *
 *     node build/scripts/runTypeScript.mjs assets/training/makeFittedPlanes.ts --set FOLDER \
 *       --objective oil63 [--part 0/2]
 *     node build/scripts/runTypeScript.mjs assets/training/makeFittedPlanes.ts --volumes FOLDER \
 *       --objective oil63 --spacing 2.4 [--beyond PLANES] [--model grains] [--steps 48] [--part 0/2]
 *
 * FOLDER of `--set` comes from `makeTrainingSet.ts`. Every scene becomes a `scene-NUMBER.MODEL.raw` (model "layers",
 * "grains" or "points") for each fit of its task: the planes of its targets,
 * float32, little-endian, (target, y, x), normalised as the set is. Every third scene is fitted with the optics
 * that the objective has by name, as where nothing else is known.
 *
 * FOLDER of `--volumes` comes from `assets/models/makeTrainingData.ts`: networks are judged by such volumes.
 * Beside each comes `volume-NUMBER.MODEL.json`, which lists inputs and targets, and `.MODEL.raw` with the planes
 * in grey levels: from three inputs, `--spacing` um apart, from the two and from the one nearest to a target;
 * targets lie between the inputs and `--beyond` planes outside.
 *
 * Files that are there already are kept. With `--part`, only every so-manieth file is made, so that several can run.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSpecimenFits, type SpecimenFit } from '#core/network/parseSpecimenFits';
import { fittedOptics } from '#core/optics/fit/fittedOptics';
import { fitSpecimen } from '#core/optics/fit/fitSpecimen';
import { specimenImage } from '#core/optics/fit/specimenImage';
import { OBJECTIVES } from '#core/optics/objectives';
import type { TrainingScene } from '#core/training/data/drawScenes';
import type { StoredOptics, StoredSet } from './makeTrainingSet';
import { replaceFile } from './replaceFile';

/** Green light, where nothing is known. */
const USUAL_EMISSION_UM = 0.525;

const { values } = parseArgs({
  options: {
    set: { type: 'string' },
    volumes: { type: 'string' },
    objective: { type: 'string', default: 'oil63' },
    spacing: { type: 'string', default: '2.4' },
    beyond: { type: 'string', default: '0' },
    model: { type: 'string', default: 'grains' },
    steps: { type: 'string', default: '48' },
    part: { type: 'string', default: '0/1' },
  },
});
const [part, parts] = values.part.split('/').map(Number) as [number, number];
const objective = OBJECTIVES[values.objective as keyof typeof OBJECTIVES];
if (values.set) await fitSet(values.set);
if (values.volumes) await fitVolumes(values.volumes);

/** Planes of a stack, and where they lie. */
interface Stack {
  readonly planes: readonly Float32Array<ArrayBuffer>[];
  readonly width: number;
  readonly height: number;
  readonly zStepUm: number;
}

async function fitSet(folder: string): Promise<void> {
  const set = JSON.parse(await readFile(join(folder, 'set.json'), 'utf8')) as StoredSet;
  if (!set.scenes || !set.task.fitted) throw new Error('The networks of this set see no specimen.');
  for (const [number, scene] of set.scenes.entries()) {
    if (number % parts !== part) continue;
    const file = ({ model }: SpecimenFit): string => join(folder, `scene-${number}.${model}.raw`);
    const missing = set.task.fitted.fits.filter((fit) => !existsSync(file(fit)));
    if (missing.length === 0) continue;
    const fitTo = await sceneFitter(folder, set, number, scene);
    for (const fit of missing) await replaceFile(file(fit), fitTo(fit));
    process.stderr.write(`scene ${number}\n`);
  }
}

/** Reads a scene; what comes back fits a specimen to it and gives the bytes of its planes. */
async function sceneFitter(
  folder: string,
  set: StoredSet,
  number: number,
  { volume, inputs, targets }: TrainingScene,
): Promise<(fit: SpecimenFit) => Buffer> {
  const { file: region, shape, zStepUm, optics } = set.regions[volume]!;
  const [count, height, width] = shape;
  const planes = planesOf(
    new Float32Array(await bytesOf(join(folder, region))),
    count,
    width * height,
  );
  const known = optics ?? { ...usualOptics(), pixelSizeUm: objective.pixelSizeUm };
  const { pixelSizeUm } = known;
  const seen = number % 3 === 0 ? { ...usualOptics(), pixelSizeUm } : known;
  const stack = { planes, width, height, zStepUm };
  return (fit) => bytesOfImages(fitted(stack, seen, inputs, targets, fit));
}

async function fitVolumes(folder: string): Promise<void> {
  const { model, steps } = values;
  const fit = parseSpecimenFits(JSON.stringify([{ model, steps: Number(steps) }]))[0]!;
  const names = (await readdir(folder)).filter((name) => /^volume-\d+\.json$/.test(name)).sort();
  for (const [number, name] of names.entries()) {
    const stem = join(folder, name.replace('.json', `.${fit.model}`));
    if (number % parts !== part || existsSync(`${stem}.json`)) continue;
    const about = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
      readonly shape: readonly [number, number, number];
      readonly pixelSizeUm: number;
      readonly zStepUm: number;
      readonly options: { readonly system: Omit<StoredOptics, 'pixelSizeUm'> };
      readonly noisy: { readonly file: string };
    };
    const { shape, pixelSizeUm, zStepUm } = about;
    const [count, height, width] = shape;
    const samples = new Uint16Array(await bytesOf(join(folder, about.noisy.file)));
    const planes = planesOf(Float32Array.from(samples), count, width * height);
    const optics = { ...about.options.system, pixelSizeUm };
    const stack = { planes, width, height, zStepUm };
    const scenes = judgedScenes(count, Number(values.spacing) / zStepUm);
    const images = scenes.flatMap(({ inputs, targets }) =>
      fitted(stack, optics, inputs, targets, fit),
    );
    await replaceFile(`${stem}.raw`, bytesOfImages(images));
    await replaceFile(`${stem}.json`, JSON.stringify(scenes));
    process.stderr.write(`${name}\n`);
  }
}

/** Three planes around the middle, and the two and the one nearest to each target, as evaluation.py takes them. */
function judgedScenes(count: number, gapPlanes: number) {
  const middle = count >> 1;
  const gap = Math.min(roundedToEven(gapPlanes), middle);
  const inputs = [middle - gap, middle, middle + gap];
  const reach = Math.min(gap + Number(values.beyond), middle);
  const targets = Array.from({ length: 2 * reach + 1 }, (_, i) => middle - reach + i).filter(
    (z) => z >= 0 && z < count && !inputs.includes(z),
  );
  const scenes = new Map<string, { inputs: number[]; targets: number[] }>();
  for (const target of targets) {
    // Ties as in Python, whose sorting is stable, too.
    const near = inputs.toSorted((a, b) => Math.abs(target - a) - Math.abs(target - b));
    for (const some of [3, 2, 1].map((n) => near.slice(0, n).sort((a, b) => a - b))) {
      const scene = scenes.get(some.join()) ?? { inputs: some, targets: [] };
      scene.targets.push(target);
      scenes.set(some.join(), scene);
    }
  }
  return [...scenes.values()];
}

/** As Python rounds. */
function roundedToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function fitted(
  { planes, width, height, zStepUm }: Stack,
  { pixelSizeUm, numericalAperture, immersionIndex, emissionUm }: StoredOptics,
  inputs: readonly number[],
  targets: readonly number[],
  fit: SpecimenFit,
): Float32Array<ArrayBuffer>[] {
  const system = { numericalAperture, immersionIndex, emissionUm };
  const heights = [...inputs, ...targets].map((z) => z * zStepUm);
  const specimen = fitSpecimen({
    planes: inputs.map((z) => planes[z]!),
    zUm: inputs.map((z) => z * zStepUm),
    rangeUm: [Math.min(...heights), Math.max(...heights)],
    ...{ width, height, pixelSizeUm: { x: pixelSizeUm, y: pixelSizeUm }, ...fit },
    ...fittedOptics(fit.model, system),
  });
  if (specimen.kind === 'points')
    process.stderr.write(JSON.stringify(specimen.optics) + specimen.points.length + ' ');
  return targets.map((z) => specimenImage({ specimen, zUm: z * zStepUm }));
}

function usualOptics(): Omit<StoredOptics, 'pixelSizeUm'> {
  const { numericalAperture, immersionIndex } = objective;
  return { numericalAperture, immersionIndex, emissionUm: USUAL_EMISSION_UM };
}

function planesOf(
  samples: Float32Array<ArrayBuffer>,
  count: number,
  area: number,
): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: count }, (_, z) => samples.subarray(z * area, (z + 1) * area));
}

function bytesOfImages(images: readonly Float32Array<ArrayBuffer>[]): Buffer {
  return Buffer.concat(images.map((image) => Buffer.from(image.buffer)));
}

/** The bytes of a file in memory of their own, aligned for any samples. */
async function bytesOf(file: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(file);
  return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
}
