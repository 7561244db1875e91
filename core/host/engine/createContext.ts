import type { CommandContext, FileAccess, Progress } from '#core/command/CommandContext';
import { commands } from '#core/command/commands';
import type { ModelLibrary } from '#core/command/ModelLibrary';
import { playMacro } from '#core/command/playMacro';
import type { TaskRunner } from '#core/command/TaskRunner';
import { diagnose } from './diagnose';

/** What a context is made of. */
export interface ContextOptions {
  readonly tasks: TaskRunner;
  readonly models: ModelLibrary;
  readonly files: FileAccess;
  readonly samplesFolder: string;
  readonly signal?: AbortSignal;
  readonly progress: (progress: Progress) => void;
  readonly note: (text: string) => void;
}

/** What one command call may use. */
export function createContext(options: ContextOptions): CommandContext {
  const context: CommandContext = {
    signal: options.signal ?? new AbortController().signal,
    tasks: options.tasks,
    files: options.files,
    models: options.models,
    samplesFolder: options.samplesFolder,
    progress: options.progress,
    note: options.note,
    play: (macro) => playMacro(macro, commands, context),
    diagnose: () => diagnose(options),
  };
  return context;
}
