import type { EngineApi, EngineEvent } from '#core/command/engineApi';
import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import type { ModelLibrary } from '#core/command/ModelLibrary';
import type { TaskRunner } from '#core/command/TaskRunner';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { cancellable } from '#core/util/cancellable';
import { pixelRange } from '#core/image/pixelRange';
import { deviceStatus } from './deviceStatus';
import { createDocuments, summarise } from './documents';
import { executeRequest, tellDocuments, type EngineState } from './executeRequest';
import { planeCache } from './planeCache';
import { createRecorder } from './recorder';
import { stackSharpness } from './stackSharpness';

/** What the engine works with. */
export interface EngineOptions {
  readonly tasks: TaskRunner;
  readonly models: ModelLibrary;
  /** Folder of the sample stacks that are shipped. */
  readonly samplesFolder: string;
  /**
   * Computes the planes of results as soon as they exist, as a window wants it.
   * Without it a plane is computed when it is read, for instance by the writer.
   */
  readonly eager: boolean;
  /** Memory for planes. @default 2 GiB */
  readonly cacheBytes?: number;
}

/** Creates the engine: documents, commands and runtimes behind one interface. */
export function createEngine(options: EngineOptions): EngineApi {
  const cache = planeCache(options.cacheBytes ?? 2 * 1024 ** 3);
  const documents = createDocuments(cache, options.eager);
  const listeners = new Set<(event: EngineEvent) => void>();
  const state: EngineState = {
    options,
    cache,
    documents,
    recorder: createRecorder(),
    files: createFileAccess(),
    emit: (event) => listeners.forEach((listener) => listener(event)),
  };
  return {
    commands: () => Promise.resolve([...commands.values()].map(describeCommand)),
    execute: (request, call = {}) =>
      cancellable(call.signal, () => executeRequest(state, request, call)),
    documents: () => Promise.resolve(documents.list().map(summarise)),
    async closeDocument(id) {
      await documents.close(id);
      tellDocuments(state);
    },
    async readPlane(request, call = {}) {
      const { stack } = documents.get(request.document);
      const { width, height } = request.region ?? stack.source.levels[request.level ?? 0];
      const pixels = await stack.source.read(request, { ...request, signal: call.signal });
      return { width, height, pixelType: stack.pixelType, pixels, ...pixelRange(pixels) };
    },
    sharpness: async (id, index, call = {}) =>
      stackSharpness(documents.get(id).stack, index, options.tasks, call),
    recordedMacro: () => Promise.resolve(state.recorder.text()),
    deviceStatus: () => Promise.resolve(deviceStatus(cache, options.models.device())),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
