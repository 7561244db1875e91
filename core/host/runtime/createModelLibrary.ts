import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type {
  LoadedModel,
  LoadedPlaneNetwork,
  ModelLibrary,
  ModelSummary,
  SeenPlanes,
} from '#core/command/ModelLibrary';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import type { TaskRunner } from '#core/command/TaskRunner';
import { parseModelDescription, type ModelPackage } from '#core/network/loadModelPackage';
import type { ModelDescription } from '#core/network/modelDescription';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { readDescription, type ReadPackageFile } from '#core/network/packageFiles';
import { testModel } from '#core/network/testModel';
import type { PlaneNetwork } from '#core/network/zoo/loadPlaneNetwork';
import { unusableModel } from '#core/network/zoo/unusableModel';
import { applyPlaneNetwork } from '#core/reconstruct/applyPlaneNetwork';
import { addedPlanes } from '#core/reconstruct/addedPlanes';
import { turnedSize, turnPlane, turnPlaneBack } from '#core/reconstruct/turnPlane';
import { fittedOptics, type StatedOptics } from '#core/optics/fit/fittedOptics';
import type { FittedSpecimen } from '#core/optics/fit/fitSpecimen';
import { reconstructPlane } from '#core/reconstruct/reconstructPlane';
import type { SpectralWork } from '#core/reconstruct/spectral/spectralWork';
import type { SpecimenWork } from '#core/reconstruct/specimen/SpecimenInterpolator';
import { testPlaneNetwork } from '#core/reconstruct/testPlaneNetwork';
import { isAxialError } from '#core/util/errors';
import type { ChosenExecutor } from './chooseExecutor';
import type { NetworkDevice } from '#core/network/networkDevices';
import { likelyProcessors } from './likelyProcessors';
import { openPackage } from './openPackage';
import { startModel, type ModelStart, type RunningModel } from './startModel';
import { tileSidePx } from './tileSidePx';

/** Where packages lie and what computes them. */
export interface ModelLibraryOptions extends ModelStart {
  /** Runs what is computed beside the networks. @default in place */
  readonly tasks?: TaskRunner;
}

/**
 * Model packages run by ONNX Runtime: those in a folder, called by the names of their own folders, and
 * any other by its path. A package is loaded when first used and then kept.
 */
export function createModelLibrary(options: ModelLibraryOptions): ModelLibrary {
  const { folder, tasks = inlineTaskRunner() } = options;
  const running = new Map<string, Promise<RunningModel>>();
  let latest: ChosenExecutor | null = null;
  const begin = (name: string): Promise<RunningModel> => {
    const started = startModel(name, options);
    running.set(name, started);
    // A failed start is forgotten, so that a repaired package can be tried again.
    started.catch(() => running.delete(name));
    return started;
  };
  const start = async (name: string): Promise<RunningModel> => {
    const model = await (running.get(name) ?? begin(name));
    latest = model;
    return model;
  };
  return {
    list: async () => {
      const names = await packageNames(folder);
      return (await Promise.all(names.map((name) => summarise(folder, name)))).flat();
    },
    load: async (name) => {
      const found = await start(name);
      if (found.kind === 'refocus') {
        return loadedModel(name, found.model, found.executor, tasks);
      }
      throw unusableModel(name, 'It works on single planes and knows no heights.', APPLY);
    },
    loadPlaneNetwork: async (name) => {
      const found = await start(name);
      if (found.kind === 'plane') return loadedPlaneNetwork(found.model, found.executor);
      throw unusableModel(name, 'It makes planes at other heights of several.', RECONSTRUCT);
    },
    info: async (name) => {
      const { read, description } = await openPackage(folder, name);
      const facts = (await readDescription(read, description)) as {
        readonly [key: string]: unknown;
      };
      return { ...facts, card: await readCard(read, facts['documentation']) };
    },
    device: () => ({
      description: latest?.executor.device.description ?? null,
      gpuMissingBecause: latest ? latest.gpuMissingBecause : beforeAnyModel(options.device),
    }),
    test: async (name) => {
      const { kind, model, executor } = await start(name);
      const { maxDifference, ...result } = await (kind === 'refocus'
        ? testModel(model, executor)
        : testPlaneNetwork(model, executor));
      return { name, ...result, maxAbsoluteDifference: maxDifference };
    },
  };
}

/** What is known of graphics processors before one is tried. */
function beforeAnyModel(device: NetworkDevice = 'cpu'): string | null {
  if (device === 'cpu') return 'The CPU was asked for.';
  if (device !== 'auto') return null;
  return likelyProcessors().missingBecause ?? 'Tried when a network first runs.';
}

const APPLY = 'Apply it to each plane: Process > Apply Model, or axial apply.';
const RECONSTRUCT = 'Use it for a volume: Reconstruct > Recurrent-MZ, or axial reconstruct.';

/** The card of a package in Markdown, `null` when it has none. */
async function readCard(read: ReadPackageFile, file: unknown): Promise<string | null> {
  if (typeof file !== 'string' || !file.endsWith('.md')) return null;
  return read(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => null,
  );
}

function loadedPlaneNetwork(model: PlaneNetwork, executor: NetworkExecutor): LoadedPlaneNetwork {
  let tilePx: number | undefined;
  return {
    title: model.title,
    sha256: model.sha256,
    device: executor.device.description,
    apply: (plane, signal) =>
      applyPlaneNetwork(plane, model, (block, blockSignal) => executor.run(block, blockSignal), {
        ...(tilePx !== undefined && { tilePx }),
        onSmallerTiles: (px) => (tilePx = px),
        ...(signal && { signal }),
      }),
  };
}

function loadedModel(
  name: string,
  model: ModelPackage,
  executor: NetworkExecutor,
  tasks: TaskRunner,
): LoadedModel {
  // What was too large once is too large for the next plane too.
  let tilePx = tileSidePx(Math.min(totalmem(), process.constrainedMemory() || Infinity));
  const { correlation, fits, axial } = model;
  const reachAloneUm = axial.singleInputReachUm;
  const added = addedPlanes(
    { correlation, fits: fits.map((fit) => ({ ...fit, reachAloneUm })) },
    addedPlanesWork(tasks),
  );
  return {
    summary: summaryOf(name, model.description),
    // What computes was compared with its own checksums when the package was loaded.
    sha256: createHash('sha256').update(model.checksums.join(' ')).digest('hex'),
    device: executor.device.description,
    prepare: (inputCount) => executor.prepare(inputCount + fits.length + (correlation ? 1 : 0)),
    refocus: async (inputs, targetZUm, planes, signal, turn = 0) => {
      const { width, height } = planes;
      const field = { width, height, ...opticsOf(planes, axial) };
      const seen = [...inputs, ...(await added(inputs, targetZUm, field, signal, planes.onFit))];
      const size = { width, height };
      const turned = <T extends number | Float32Array>(map: T): T | Float32Array<ArrayBuffer> =>
        typeof map === 'number' || turn === 0 ? map : turnPlane(map, size, turn);
      const plane = await reconstructPlane(
        {
          ...turnedSize(size, turn),
          inputs: seen.map(({ image }) => turned(image)),
          inputsZUm: seen.map(({ zUm }) => turned(zUm)),
          targetZUm: turned(targetZUm),
        },
        model,
        (block, blockSignal) => executor.run(block, blockSignal),
        {
          tilePx,
          memory: (length) => executor.memory(length),
          onSmallerTiles: (px) => (tilePx = px),
          ...(signal && { signal }),
        },
      );
      return turn === 0 ? plane : turnPlaneBack(plane, size, turn);
    },
  };
}

/** Green light, where nothing is known. */
const USUAL_EMISSION_UM = 0.525;

/** Through what planes were seen: what is not known of it is as the model expects. */
function opticsOf(
  planes: SeenPlanes,
  { objective, pixelSizeUm }: ModelPackage['axial'],
): { pixelSizeUm: { x: number; y: number }; system: StatedOptics } {
  const immersionIndex = planes.immersionIndex ?? objective.immersionIndex;
  const stated = planes.numericalAperture ?? objective.numericalAperture;
  // What cannot be is not taken for stated.
  const possible =
    stated < immersionIndex ? { numericalAperture: stated, immersionIndex } : objective;
  return {
    pixelSizeUm: planes.pixelSizeUm ?? { x: pixelSizeUm, y: pixelSizeUm },
    system: {
      numericalAperture: possible.numericalAperture,
      immersionIndex: possible.immersionIndex,
      emissionUm: planes.emissionUm ?? USUAL_EMISSION_UM,
    },
  };
}

/** What would block a thread for seconds where planes are large. */
function addedPlanesWork(
  tasks: TaskRunner,
): SpectralWork & SpecimenWork<StatedOptics, FittedSpecimen> {
  return {
    planeSpectrum: (input, signal) => tasks.run('planeSpectrum', input, signal),
    weightedPlane: (input, signal) => tasks.run('weightedPlane', input, signal),
    linearPlane: (input, signal) => tasks.run('linearPlane', input, signal),
    fitSpecimen: ({ like, ...input }, tell) => {
      const optics =
        like?.kind === 'layers'
          ? { system: like.field.system }
          : fittedOptics(input.model, input.system);
      return tasks.run('fitSpecimen', { ...input, ...optics }, undefined, [], tell);
    },
    specimenImage: (input, signal) => tasks.run('specimenImage', input, signal),
  };
}

/** A package whose description cannot be used is left out; using it by name says why. */
async function summarise(folder: string, name: string): Promise<ModelSummary[]> {
  try {
    const { read, description } = await openPackage(folder, name);
    const document = await readDescription(read, description);
    return [summaryOf(name, parseModelDescription(document))];
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
  return folders.filter((name) => existsSync(join(folder, name, 'rdf.yaml'))).sort();
}
