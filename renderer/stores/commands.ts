import type { CommandDescriptor, DocumentSummary, ExecuteResult } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';
import { ask } from '#renderer/platform/bridge';
import { useApp } from './app';
import { useDialogs } from './dialogs';
import { useDocuments } from './documents';
import { useEngine } from './engine';
import { STEP_COMMANDS, useGuided, type CommandStep } from './guided';
import { useJobs } from './jobs';
import { useMessages } from './messages';
import { visibleProperties } from './paramSchema';
import { presets } from './presets';
import { useSelections } from './selections';
import { showResult } from './showResult';
import { useTabs } from './tabs';

type Inputs = { readonly [name: string]: string };
type Params = { readonly [name: string]: MacroValue };

export const IMAGE_FILTERS = [
  { name: 'Image stacks', extensions: ['tif', 'tiff', 'png', 'ome'] },
  { name: 'All files', extensions: ['*'] },
];
const SAVE_FILTERS = [
  { name: 'OME-TIFF', extensions: ['ome.tif'] },
  { name: 'ImageJ TIFF', extensions: ['tif'] },
];

/** A file name for a document that was never saved. */
export function suggestedName({ name }: Pick<DocumentSummary, 'name'>): string {
  const stem = name.replace(/\.(ome\.)?tiff?/gi, '').replace(/[\\/:*?"<>|]+/g, '-');
  return `${stem.trim().replace(/\s+/g, '-')}.ome.tif`;
}

/** Runs a command on the shown document, after its dialog when it has something to ask. */
async function start(id: string): Promise<void> {
  const command = useEngine().commandById.get(id);
  if (!command) return;
  if (id === 'file.open') return openFiles();
  if (command.inputs.length > 0 && useDocuments().all.length === 0) {
    useMessages().notice('Open an image first.', null, 'This command works on an open image.');
    return;
  }
  if (id === 'file.save') {
    await save();
    return;
  }
  const inputs = defaultInputs(command);
  const missing = command.inputs.some(
    ({ name, flag }) => flag === undefined && inputs[name] === undefined,
  );
  const region = id === 'image.crop' ? useSelections().of(useTabs().activeId) : null;
  if (region) {
    await execute(id, inputs, { ...region });
    return;
  }
  const asks = visibleProperties(command.params).length > 0 || command.inputs.length > 1;
  if (asks || missing) openDialog(command, inputs, presets(command));
  else await execute(command.id, inputs, {});
}

function openDialog(command: CommandDescriptor, inputs: Inputs, params: Params): void {
  const accept = (chosen: Inputs, values: Params): void => {
    void execute(command.id, chosen, values);
  };
  useDialogs().question = { command, inputs, params, accept };
}

/** Runs a command; what belongs to the guided panel is told to it. */
async function execute(id: string, inputs: Inputs, params: Params): Promise<boolean> {
  const step = stepOf(id, inputs);
  if (step) return useGuided().run(step.id, step.root, params, inputs);
  const scope = Object.values(inputs)[0] ?? null;
  const outcome = await useJobs().run({ command: id, inputs, params }, { scope });
  if (outcome.kind !== 'done') return false;
  const shown = showResult(id, inputs, outcome.result) !== null;
  if (!shown && id !== 'file.open' && id !== 'file.save') showText(id, outcome.result);
  return true;
}

/** The step of the guided panel that a call is the same as, whichever menu it came from. */
function stepOf(id: string, inputs: Inputs): { id: CommandStep; root: string } | null {
  const guided = useGuided();
  const steps = Object.keys(STEP_COMMANDS) as CommandStep[];
  const step = steps.find((name) => STEP_COMMANDS[name] === id);
  const first = Object.values(inputs)[0];
  if (step === undefined || first === undefined) return null;
  const root = guided.rootOf(first);
  if (!useDocuments().byId.has(root)) return null;
  const expected = Object.entries(guided.inputsOf(root, step));
  return expected.every(([name, document]) => inputs[name] === document)
    ? { id: step, root }
    : null;
}

function defaultInputs(command: CommandDescriptor): Inputs {
  const guided = useGuided();
  const root = guided.rootId;
  if (command.id === STEP_COMMANDS.compare && root !== null) {
    const inputs = guided.inputsOf(root, 'compare');
    if (inputs['result'] !== '') return inputs;
  }
  const shown = useTabs().activeDocument?.id;
  const [first, ...others] = command.inputs;
  if (!first || shown === undefined) return {};
  // Of several images that are needed, the open ones come in their order.
  const rest = useDocuments().all.filter(({ id }) => id !== shown);
  const wanted = others.filter(({ flag }) => flag === undefined);
  const pairs = wanted.flatMap(({ name }, i) => (rest[i] ? [[name, rest[i].id] as const] : []));
  return { [first.name]: shown, ...Object.fromEntries(pairs) };
}

function showText(id: string, { lines, texts, documents: made }: ExecuteResult): void {
  if (Object.keys(made).length > 0 || lines.length === 0) return;
  const title = (useEngine().commandById.get(id)?.title ?? id).replace('…', '');
  const html = Object.values(texts).find((text) => text.trimStart().startsWith('<')) ?? null;
  useDialogs().sheet = { title, lines, html };
}

async function openFiles(): Promise<void> {
  const { paths } = await ask('dialog.open', {
    ...{ title: 'Open', kind: 'files', filters: IMAGE_FILTERS },
  });
  await openPaths(paths);
}

/** A folder of numbered images is one stack. */
async function openFolder(): Promise<void> {
  const { paths } = await ask('dialog.open', {
    ...{ title: 'Open a folder of numbered images', kind: 'folder', filters: [] },
  });
  await openPaths(paths);
}

async function openPaths(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if (await execute('file.open', {}, { path })) await useApp().addRecent(path);
  }
}

/** Asks where, and writes a document there; the shown one unless another is given. */
async function save(document = useTabs().activeDocument): Promise<boolean> {
  if (!document) return false;
  const { path } = await ask('dialog.save', {
    title: `Save ${document.name}`,
    suggestedName: suggestedName(document),
    filters: SAVE_FILTERS,
  });
  if (path === null) return false;
  const saved = await execute('file.save', { stack: document.id }, { path });
  if (!saved) return false;
  await useApp().addRecent(path);
  useMessages().notice(`Saved as ${path}`, document.id);
  return true;
}

/** Closes a tab; a result that was not saved is asked about first. */
async function closeTab(id: string): Promise<void> {
  const documents = useDocuments();
  const document = documents.byId.get(id);
  if (!document) useTabs().closeResult(id);
  else if (!document.unsaved) await documents.close(id);
  else {
    useDialogs().confirmation = {
      title: `${document.name} is not saved.`,
      lines: ['Closing it throws the result away.'],
      discard: 'Close without saving',
      onDiscard: () => {
        documents.close(id).catch((error: unknown) => {
          useMessages().fail(error);
        });
      },
    };
  }
}

const commands = { start, execute, openDialog, openFiles, openFolder, openPaths, save, closeTab };

/** Starts commands, from whichever menu, key, button or drop they were asked for. */
export function useCommands(): typeof commands {
  return commands;
}
