import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { cli } from '#core/host/cli/cli';
import { requireWritable } from '#core/host/cli/requireWritable';
import { createEngine } from '#core/host/engine/createEngine';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { interpolatingModels } from './interpolatingModels';

/** What a command line wrote, and how it ended. */
export interface CommandLineResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with tasks in place and a model that interpolates. */
export async function axialCommandLine(
  words: readonly string[],
  { signal = new AbortController().signal, samplesFolder = '.' } = {},
): Promise<CommandLineResult> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (written[name] += text),
  });
  const code = await cli(words, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    signal,
    commands: () => Promise.resolve([...commands.values()].map(describeCommand)),
    engine: () =>
      createEngine({
        tasks: inlineTaskRunner(),
        models: interpolatingModels(),
        samplesFolder,
        eager: false,
      }),
    writeText: (path, text) => createFileAccess().saveText(path, text),
    requireWritable,
  });
  return { code, ...written };
}
