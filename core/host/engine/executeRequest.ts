import { commands } from '#core/command/commands';
import type { FileAccess } from '#core/command/CommandContext';
import type { CommandDefinition, CommandResult } from '#core/command/defineCommand';
import type {
  EngineCallOptions,
  EngineEvent,
  ExecuteRequest,
  ExecuteResult,
} from '#core/command/engineApi';
import { progressInParts } from '#core/command/progressInParts';
import { unknownCommand } from '#core/command/playMacro';
import { runCommand } from '#core/command/runCommand';
import { createContext } from './createContext';
import type { EngineOptions } from './createEngine';
import { summarise, type Document, type Documents } from './documents';
import { materialise } from './materialise';
import type { PlaneCache } from './planeCache';
import type { Recorder } from './recorder';

/** What the engine keeps between calls. */
export interface EngineState {
  readonly options: EngineOptions;
  readonly cache: PlaneCache;
  readonly documents: Documents;
  readonly recorder: Recorder;
  readonly files: FileAccess;
  emit(event: EngineEvent): void;
}

/** Runs one command on open documents; what it makes becomes documents, what it did is recorded. */
export async function executeRequest(
  state: EngineState,
  request: ExecuteRequest,
  call: EngineCallOptions,
): Promise<ExecuteResult> {
  const definition = commands.get(request.command);
  if (!definition) throw unknownCommand(request.command);
  const inputs = Object.entries(request.inputs).map(
    ([name, id]) => [name, state.documents.get(id)] as const,
  );
  const notes: string[] = [];
  const { eager } = state.options;
  const partOf = progressInParts(call.onProgress);
  const running = {
    ...call,
    onProgress: partOf(eager ? (definition.runShare ?? 1) : 1),
  };
  const result = await run(state, definition, request, inputs, running, notes);
  if (request.preview) return previewed(state, result, notes);
  // Taken before an edit in place gives its document another name.
  const variables = new Map(inputs.map(([name, { variable }]) => [name, variable]));
  const edited = definition.inPlace ? inputs[0]?.[1] : undefined;
  const made = edited ? describeAnew(state, edited, result) : addDocuments(state, result);
  state.recorder.record(definition, variables, made, { ...request.params, ...result.chosen });
  if (definition.id === 'file.save') markSaved(inputs, String(request.params['path']));
  tellDocuments(state);
  if (eager && !edited) await computePlanes(state, definition, [...made.values()], call, partOf);
  return answer(result, made, notes);
}

/** What only somebody's eyes ask for: documents that are in no list, and in no macro. */
function previewed(
  state: EngineState,
  result: CommandResult,
  notes: readonly string[],
): ExecuteResult {
  return answer(result, addDocuments(state, result, true), notes);
}

function answer(
  { texts = {}, report = {}, lines = [], passed = true }: CommandResult,
  made: ReadonlyMap<string, Document>,
  notes: readonly string[],
): ExecuteResult {
  const documents = [...made].map(([name, document]) => [name, summarise(document)] as const);
  return { documents: Object.fromEntries(documents), texts, report, lines, passed, notes };
}

/** Tells listeners which documents there are. */
export function tellDocuments({ emit, documents }: EngineState): void {
  emit({ kind: 'documentsChanged', documents: documents.list().map(summarise) });
}

type NamedDocument = readonly [string, Document];

function run(
  { options, files, emit }: EngineState,
  definition: CommandDefinition,
  request: ExecuteRequest,
  inputs: readonly NamedDocument[],
  { signal, onProgress }: EngineCallOptions,
  notes: string[],
): Promise<CommandResult> {
  const context = createContext({
    ...options,
    files,
    signal,
    progress: (progress) => onProgress?.(progress),
    note: (text) => {
      notes.push(text);
      if (!request.preview) emit({ kind: 'note', text });
    },
  });
  return runCommand(definition, context, {
    inputs: Object.fromEntries(inputs.map(([name, { stack }]) => [name, stack])),
    params: request.params,
  });
}

function addDocuments(
  { documents }: EngineState,
  { stacks = {} }: CommandResult,
  hidden = false,
): Map<string, Document> {
  return new Map(
    Object.entries(stacks).map(([name, stack]) => [
      name,
      documents.add(stack, { path: stack.origin?.path ?? null, outputName: name, hidden }),
    ]),
  );
}

function describeAnew(
  { documents }: EngineState,
  document: Document,
  { stacks = {} }: CommandResult,
): Map<string, Document> {
  for (const [name, stack] of Object.entries(stacks)) documents.describe(document, stack, name);
  return new Map(Object.keys(stacks).map((name) => [name, document]));
}

function markSaved(inputs: readonly NamedDocument[], path: string): void {
  for (const [, document] of inputs) {
    document.path = path;
    document.unsaved = false;
  }
}

/** Computes the planes of new results in order; when that is cancelled, what is finished stays. */
async function computePlanes(
  state: EngineState,
  definition: CommandDefinition,
  made: readonly Document[],
  call: EngineCallOptions,
  partOf: ReturnType<typeof progressInParts>,
): Promise<void> {
  const lazy = made.filter(({ computed }) => computed);
  try {
    for (const [i, document] of lazy.entries()) {
      await materialise(document, {
        budgetBytes: state.cache.budgetBytes / 2,
        concurrency: state.options.tasks.concurrency,
        what: definition.title.replace('…', ''),
        onPlane: (index) => state.emit({ kind: 'planeReady', document: document.id, index }),
        ...call,
        onProgress: partOf(1 / (lazy.length - i)),
      });
    }
  } finally {
    tellDocuments(state);
  }
}
