import { defineStore } from 'pinia';
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
import { showComparison } from './showComparison';
import { visibleProperties } from './paramSchema';
import { useTabs } from './tabs';

type Inputs = { readonly [name: string]: string };
type Params = { readonly [name: string]: MacroValue };

export const IMAGE_FILTERS = [
  { name: 'Image stacks', extensions: ['tif', 'tiff', 'png'] },
  { name: 'All files', extensions: ['*'] },
];
const SAVE_FILTERS = [
  { name: 'OME-TIFF', extensions: ['ome.tif'] },
  { name: 'ImageJ TIFF', extensions: ['tif'] },
];

/** A file name for a document that was never saved. */
export function suggestedName({ name }: DocumentSummary): string {
  const stem = name.replace(/\.(ome\.)?tiff?/gi, '').replace(/[\\/:*?"<>|]+/g, '-');
  return `${stem.trim().replace(/\s+/g, '-')}.ome.tif`;
}

/** Starts commands, from whichever menu, key, button or drop they were asked for. */
export const useCommands = defineStore('commands', () => {
  const app = useApp();
  const dialogs = useDialogs();
  const documents = useDocuments();
  const engine = useEngine();
  const guided = useGuided();
  const jobs = useJobs();
  const messages = useMessages();
  const tabs = useTabs();

  /** Runs a command on the shown document, after its dialog when it has something to ask. */
  async function start(id: string): Promise<void> {
    if (id === 'file.open') return openFiles();
    const command = engine.commandById.get(id);
    if (!command) return;
    if (id === 'file.save') return save();
    const inputs = defaultInputs(command);
    const missing = command.inputs.some(({ name }) => inputs[name] === undefined);
    if (command.inputs.length > 0 && documents.all.length === 0) {
      messages.notice('Open an image first.', null, 'This command works on an open image.');
      return;
    }
    const asks = visibleProperties(command.params).length > 0 || missing || command.inputs.length > 1;
    if (asks) openDialog(command, inputs, presets(command));
    else await execute(command.id, inputs, {});
  }

  function openDialog(command: CommandDescriptor, inputs: Inputs, params: Params): void {
    const accept = (chosen: Inputs, values: Params): void => {
      void execute(command.id, chosen, values);
    };
    dialogs.question = { command, inputs, params, accept };
  }

  /** Runs a command; what belongs to the guided panel is told to it. */
  async function execute(id: string, inputs: Inputs, params: Params): Promise<boolean> {
    const step = stepOf(id, inputs);
    if (step) return guided.run(step.id, step.root, params);
    const scope = Object.values(inputs)[0] ?? null;
    const outcome = await jobs.run({ command: id, inputs, params }, { scope });
    if (outcome.kind !== 'done') return false;
    if (id === 'compare.metrics') showComparison(inputs, outcome.result);
    else if (id !== 'file.open' && id !== 'file.save') showText(id, outcome.result);
    return true;
  }

  function stepOf(id: string, inputs: Inputs): { id: CommandStep; root: string } | null {
    const [step] = (Object.keys(STEP_COMMANDS) as CommandStep[]).filter(
      (name) => STEP_COMMANDS[name] === id,
    );
    const first = Object.values(inputs)[0];
    if (step === undefined || first === undefined) return null;
    const root = guided.rootOf(first);
    if (!documents.byId.has(root)) return null;
    const expected =
      step === 'compare'
        ? inputs['result'] === guided.resultOf(root, 'targets') &&
          inputs['truth'] === guided.sourceOf(root, step)
        : first === guided.sourceOf(root, step);
    return expected ? { id: step, root } : null;
  }

  function defaultInputs(command: CommandDescriptor): Inputs {
    const shown = tabs.activeDocument?.id;
    const root = guided.rootId;
    if (command.id === 'compare.metrics' && root !== null) {
      const result = guided.resultOf(root, 'targets');
      if (result !== null) return { result, truth: guided.sourceOf(root, 'compare') };
    }
    const [first] = command.inputs;
    return first && shown !== undefined ? { [first.name]: shown } : {};
  }

  /** What the window already knows: the pins of the z-strip are the inputs of a reconstruction. */
  function presets(command: CommandDescriptor): Params {
    const pins = guided.current?.inputs ?? [];
    const wantsPlanes = visibleProperties(command.params).some(
      ({ name, kind }) => name === 'inputs' && kind === 'planes',
    );
    return wantsPlanes && pins.length > 0 ? { inputs: [...pins] } : {};
  }

  function showText(id: string, { lines, texts, documents: made }: ExecuteResult): void {
    if (Object.keys(made).length > 0 || lines.length === 0) return;
    const title = (engine.commandById.get(id)?.title ?? id).replace('…', '');
    const html = Object.values(texts).find((text) => text.trimStart().startsWith('<')) ?? null;
    dialogs.sheet = { title, lines, html };
  }

  async function openFiles(): Promise<void> {
    const { paths } = await ask('dialog.open', {
      ...{ title: 'Open', kind: 'files', filters: IMAGE_FILTERS },
    });
    await openPaths(paths);
  }

  async function openPaths(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (await execute('file.open', {}, { path })) await app.addRecent(path);
    }
  }

  /** Asks where, and writes the shown document there. */
  async function save(document = tabs.activeDocument): Promise<boolean> {
    if (!document) return false;
    const { path } = await ask('dialog.save', {
      title: `Save ${document.name}`,
      suggestedName: suggestedName(document),
      filters: SAVE_FILTERS,
    });
    if (path === null) return false;
    const saved = await execute('file.save', { stack: document.id }, { path });
    if (saved) {
      await app.addRecent(path);
      messages.notice(`Saved as ${path}`, document.id);
    }
    return saved;
  }

  /** Closes a tab; a result that was not saved is asked about first. */
  async function closeTab(id: string): Promise<void> {
    const document = documents.byId.get(id);
    if (!document) {
      tabs.closeComparison(id);
      return;
    }
    const close = (): void => {
      void documents.close(id).catch((error: unknown) => {
        messages.fail(error);
      });
    };
    if (!document.unsaved) close();
    else {
      dialogs.confirmation = {
        title: `${document.name} is not saved.`,
        lines: ['Closing it throws the result away.'],
        discard: 'Close without saving',
        onDiscard: close,
      };
    }
    await Promise.resolve();
  }

  return { start, execute, openDialog, openFiles, openPaths, save, closeTab, presets };
});
