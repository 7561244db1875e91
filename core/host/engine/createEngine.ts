import { commands } from '#core/command/commands';
import type { Progress } from '#core/command/CommandContext';
import { describeCommand } from '#core/command/describeCommand';
import type { CommandDefinition } from '#core/command/defineCommand';
import type {
  EngineApi,
  EngineCallOptions,
  EngineEvent,
  ExecuteRequest,
  ExecuteResult,
  PlanePixels,
} from '#core/command/engineApi';
import type { ModelLibrary } from '#core/command/ModelLibrary';
import { unknownCommand } from '#core/command/playMacro';
import { runCommand } from '#core/command/runCommand';
import type { TaskRunner } from '#core/command/TaskRunner';
import { pixelRange } from '#core/image/pixelRange';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { createDocuments, summarise, type Document } from './documents';
import { createRecorder } from './recorder';
import { deviceStatus } from './deviceStatus';
import { materialise } from './materialise';
import { planeCache } from './planeCache';
import { createContext } from './createContext';
import { stackSharpness } from './stackSharpness';

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
  const documents = createDocuments(cache);
  const listeners = new Set<(event: EngineEvent) => void>();
  const recorder = createRecorder();
  const files = createFileAccess();

  const emit = (event: EngineEvent): void => listeners.forEach((listener) => listener(event));
  const changed = (): void =>
    emit({ kind: 'documentsChanged', documents: documents.list().map(summarise) });

  const execute = async (
    request: ExecuteRequest,
    call: EngineCallOptions = {},
  ): Promise<ExecuteResult> => {
    const definition = commands.get(request.command);
    if (!definition) throw unknownCommand(request.command);
    const inputs = Object.entries(request.inputs).map(
      ([name, id]) => [name, documents.get(id)] as const,
    );
    const notes: string[] = [];
    const context = createContext({
      ...options,
      files,
      signal: call.signal,
      progress: (progress: Progress) => call.onProgress?.(progress),
      note: (text) => {
        notes.push(text);
        emit({ kind: 'note', text });
      },
    });
    const result = await runCommand(definition, context, {
      inputs: Object.fromEntries(inputs.map(([name, document]) => [name, document.stack])),
      params: request.params,
    });
    const made = addDocuments(definition, result.stacks ?? {}, request);
    recorder.record(definition, inputs, made, request.params);
    markSaved(definition, inputs, request);
    changed();
    if (options.eager) await computePlanes(definition, [...made.values()], call);
    return {
      documents: Object.fromEntries([...made].map(([name, document]) => [name, summarise(document)])),
      texts: result.texts ?? {},
      report: result.report ?? {},
      lines: result.lines ?? [],
      notes,
    };
  };

  const addDocuments = (
    definition: CommandDefinition,
    stacks: { readonly [output: string]: Document['stack'] },
    request: ExecuteRequest,
  ): Map<string, Document> => {
    const path = definition.id === 'file.open' ? String(request.params['path']) : null;
    return new Map(
      Object.entries(stacks).map(([name, stack]) => [
        name,
        documents.add(stack, { path, outputName: name }),
      ]),
    );
  };

  const markSaved = (
    definition: CommandDefinition,
    inputs: readonly (readonly [string, Document])[],
    request: ExecuteRequest,
  ): void => {
    if (definition.id !== 'file.save') return;
    for (const [, document] of inputs) {
      document.path = String(request.params['path']);
      document.unsaved = false;
    }
  };

  const computePlanes = async (
    definition: CommandDefinition,
    made: readonly Document[],
    call: EngineCallOptions,
  ): Promise<void> => {
    for (const document of made.filter(({ computed }) => computed)) {
      await materialise(document, {
        budgetBytes: cache.budgetBytes / 2,
        concurrency: options.tasks.concurrency,
        what: definition.title.replace('…', ''),
        onPlane: (index) => emit({ kind: 'planeReady', document: document.id, index }),
        ...call,
      });
    }
    changed();
  };

  return {
    commands: () => Promise.resolve([...commands.values()].map(describeCommand)),
    execute,
    documents: () => Promise.resolve(documents.list().map(summarise)),
    async closeDocument(id) {
      await documents.close(id);
      changed();
    },
    async readPlane(request, call = {}): Promise<PlanePixels> {
      const { stack } = documents.get(request.document);
      const size = request.region ?? stack.source.levels[request.level ?? 0];
      const pixels = await stack.source.read(request, { ...request, signal: call.signal });
      const { min, max } = pixelRange(pixels);
      return { width: size.width, height: size.height, pixelType: stack.pixelType, pixels, min, max };
    },
    sharpness: (id, index, call = {}) =>
      stackSharpness(documents.get(id).stack, index, options.tasks, call),
    recordedMacro: () => Promise.resolve(recorder.text()),
    deviceStatus: () => Promise.resolve(deviceStatus(cache)),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
