import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, normalize } from 'node:path';
import { parse } from 'yaml';
import type { LoadedModel, ModelLibrary, ModelSummary } from '#core/command/ModelLibrary';
import type { ModelPackage, ReadPackageFile } from '#core/network/loadModelPackage';
import { loadModelPackage, readModelDescription } from '#core/network/loadModelPackage';
import type { ModelDescription } from '#core/network/modelDescription';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { testModel } from '#core/network/testModel';
import { reconstructPlane } from '#core/reconstruct/reconstructPlane';
import { withLikelyPlane } from '#core/reconstruct/spectral/withLikelyPlane';
import { AxialError, isAxialError } from '#core/util/errors';
import { createOnnxExecutor } from './createOnnxExecutor';
import type { CreateSession, OnnxProvider } from './onnxSession';
import { tileSidePx } from './tileSidePx';

/** Where packages lie and what computes them. */
export interface ModelLibraryOptions {
  /** Folder that holds one folder for each model package. */
  readonly folder: string;
  /** Threads of the CPU provider. @default the cores that this process may use */
  readonly threads?: number;
  /** See `OnnxExecutorOptions.providers`. @default ['cpu'] */
  readonly providers?: readonly OnnxProvider[];
  /** See `OnnxExecutorOptions.createSession`. */
  readonly createSession?: CreateSession;
}

/** A package with what computes it. */
interface RunningModel {
  readonly model: ModelPackage;
  readonly executor: NetworkExecutor;
}

/**
 * The model packages in a folder, run by ONNX Runtime. A package is called by the name of its folder;
 * it is loaded when first used and then kept.
 */
export function createModelLibrary(options: ModelLibraryOptions): ModelLibrary {
  const { folder } = options;
  const running = new Map<string, Promise<RunningModel>>();
  const start = (name: string): Promise<RunningModel> => {
    const known = running.get(name);
    if (known) return known;
    const started = startModel(packageReader(folder, name), options);
    running.set(name, started);
    // A failed start is forgotten, so that a repaired package can be tried again.
    started.catch(() => running.delete(name));
    return started;
  };
  return {
    list: async () => {
      const names = await packageNames(folder);
      return (await Promise.all(names.map((name) => summarise(folder, name)))).flat();
    },
    load: async (name) => loadedModel(name, await start(name)),
    info: async (name) => {
      const read = packageReader(folder, name);
      const facts = parse(decode(await read('rdf.yaml'))) as { readonly [key: string]: unknown };
      return { ...facts, card: await readCard(read, facts['documentation']) };
    },
    test: async (name) => {
      const { model, executor } = await start(name);
      const { maxDifference, tolerance, passed, device } = await testModel(model, executor);
      return { name, passed, maxAbsoluteDifference: maxDifference, tolerance, device };
    },
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The card of a package in Markdown, `null` when it has none. */
async function readCard(read: ReadPackageFile, file: unknown): Promise<string | null> {
  if (typeof file !== 'string' || !file.endsWith('.md')) return null;
  return read(file).then(decode, () => null);
}

async function startModel(
  read: ReadPackageFile,
  { threads, providers, createSession }: ModelLibraryOptions,
): Promise<RunningModel> {
  const model = await loadModelPackage(read);
  const executor = await createOnnxExecutor(model, {
    ...(threads === undefined ? {} : { threads }),
    ...(providers === undefined ? {} : { providers }),
    ...(createSession === undefined ? {} : { createSession }),
  });
  return { model, executor };
}

function loadedModel(name: string, { model, executor }: RunningModel): LoadedModel {
  // What was too large once is too large for the next plane too.
  let tilePx = tileSidePx(Math.min(totalmem(), process.constrainedMemory() || Infinity));
  const withLikely = withLikelyPlane(model.correlation);
  return {
    summary: summaryOf(name, model.description),
    sha256: checksumOf(model),
    device: executor.device.description,
    prepare: (inputCount) => executor.prepare(inputCount + (model.correlation ? 1 : 0)),
    refocus: (inputs, targetZUm, size, signal) => {
      const seen = withLikely(inputs, targetZUm, size);
      return reconstructPlane(
        {
          ...size,
          inputs: seen.map(({ image }) => image),
          inputsZUm: seen.map(({ zUm }) => zUm),
          targetZUm,
        },
        model,
        (block, blockSignal) => executor.run(block, blockSignal),
        {
          tilePx,
          onSmallerTiles: (px) => (tilePx = px),
          ...(signal && { signal }),
        },
      );
    },
  };
}

/** All parts were compared with their own checksums when the package was loaded. */
function checksumOf({ axial }: ModelPackage): string {
  const { graph, weights, correlation } = axial;
  const sums = [graph, weights, ...(correlation ? [correlation] : [])].map((part) => part.sha256);
  return createHash('sha256').update(sums.join(' ')).digest('hex');
}

/** A package whose description cannot be used is left out; using it by name says why. */
async function summarise(folder: string, name: string): Promise<ModelSummary[]> {
  try {
    return [summaryOf(name, await readModelDescription(packageReader(folder, name)))];
  } catch (error) {
    if (isAxialError(error)) return [];
    throw error;
  }
}

function summaryOf(
  name: string,
  { name: title, description, config }: ModelDescription,
): ModelSummary {
  const { axial } = config;
  return {
    name,
    title,
    description,
    pixelSizeUm: axial.pixelSizeUm,
    zStepUm: axial.zStepUm,
    pixelRangeUm: axial.pixelRangeUm ?? around(axial.pixelSizeUm),
    objective: axial.objective,
    minInputSpacingUm: axial.spacingUm.min,
    maxInputSpacingUm: axial.spacingUm.max,
    extrapolationUm: axial.beyondUm,
    singleInputReachUm: axial.singleInputReachUm,
    specimens: axial.specimens,
    minInputs: axial.inputCount.min,
    maxInputs: axial.inputCount.max,
  };
}

/** What a network bears that was trained at one pixel size only. */
function around(pixelSizeUm: number): ModelSummary['pixelRangeUm'] {
  return { min: 0.8 * pixelSizeUm, max: 1.2 * pixelSizeUm };
}

async function packageNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const withDescription = await Promise.all(
    folders.map(async (name) =>
      (await readdir(join(folder, name))).includes('rdf.yaml') ? name : '',
    ),
  );
  return withDescription.filter(Boolean).sort();
}

/** Reads files inside one package; a path that leads out of it is refused. */
function packageReader(folder: string, name: string): ReadPackageFile {
  return async (path) => {
    const inside = normalize(join(name, path));
    if (!inside.startsWith(`${name}/`) && !inside.startsWith(`${name}\\`)) {
      throw new AxialError(
        'DamagedFileError',
        `The model ${name} names the file ${path}, which is not inside it.`,
        'Fetch or install the model again.',
      );
    }
    try {
      return await readFile(join(folder, inside));
    } catch (cause) {
      throw path === 'rdf.yaml' ? noSuchModel(name, cause) : missingFile(name, path, cause);
    }
  };
}

function noSuchModel(name: string, cause: unknown): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `There is no model called "${name}".`,
    'Choose one from Reconstruct > Models, or with: axial models list',
    { cause },
  );
}

function missingFile(name: string, path: string, cause: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The model ${name} lacks the file ${path}.`,
    'Fetch or install the model again.',
    { cause },
  );
}
