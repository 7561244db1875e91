import { z } from 'zod';
import type { History } from '#core/image/History';
import type { CommandContext, FileAccess } from '#core/command/CommandContext';
import { defineCommand } from '#core/command/defineCommand';
import { countOf } from '#core/util/countOf';
import { parseMacro } from '#core/command/parseMacro';
import { printMacro } from '#core/command/printMacro';
import { AxialError } from '#core/util/errors';

export const macroRun = defineCommand({
  id: 'macro.run',
  title: 'Run Macro…',
  summary: 'Replays a macro, or the history that a saved OME-TIFF carries.',
  menu: ['Plugins', 'Macros'],
  verb: 'run',
  inputs: [],
  outputs: [{ name: 'result', title: 'Result', kind: 'stack', flag: 'o', optional: true }],
  params: z.object({
    path: z.string().meta({
      title: 'Macro',
      kind: 'openPath',
      positional: true,
      description: 'A .axial file, or an OME-TIFF that Axial wrote.',
    }),
    set: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*=/))
      .default([])
      .meta({
        title: 'Variables',
        description: 'Values for the variables of the macro: name=value, separated by commas.',
      }),
  }),
  recorded: false,
  async run(context, _inputs, { path, set }) {
    const variables = Object.fromEntries(
      set.map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)] as const;
      }),
    );
    const text = /\.tiff?$/i.test(path)
      ? await historyOf(path, context)
      : await context.files.readText(path);
    const macro = parseMacro(text, variables);
    const stack = await context.play(await relocated(macro, path, context.files));
    return {
      ...(stack && { stacks: { result: stack } }),
      report: { calls: macro.calls.length },
      lines: [`Ran ${countOf(macro.calls.length, 'command')} of ${path}`],
    };
  },
});

/** The history that a file carries, as a macro. */
async function historyOf(
  path: string,
  { files, signal }: Pick<CommandContext, 'files' | 'signal'>,
): Promise<string> {
  const { history } = await files.open(path, { signal });
  if (history.calls.length > 0) return printMacro(history);
  throw new AxialError(
    'ImpossibleRequestError',
    `${path} carries no history that could be replayed.`,
    'Choose a file that Axial saved, or a macro.',
  );
}

/** The macro with input files taken from its own folder where they are no longer at their old place. */
async function relocated(
  macro: History,
  path: string,
  files: Pick<FileAccess, 'locate'>,
): Promise<History> {
  const calls = await Promise.all(
    macro.calls.map(async (call) => {
      const { path: input } = call.params;
      if (call.command !== 'file.open' || typeof input !== 'string') return call;
      return { ...call, params: { ...call.params, path: await files.locate(input, path) } };
    }),
  );
  return { ...macro, calls };
}
