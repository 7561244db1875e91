import type { History, MacroValue } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { AxialError } from '#core/util/errors';
import type { CommandContext } from './CommandContext';
import type { CommandDefinition, CommandResult } from './defineCommand';
import { describeIssue } from './describeIssue';
import { freeName, mergeHistories } from './mergeHistories';

/** Stacks and parameters of one call, by the names of the definition. */
export interface CommandArguments {
  readonly inputs: { readonly [name: string]: ImageStack };
  readonly params: { readonly [name: string]: unknown };
}

/**
 * Checks a call against its definition, runs it, and writes it into the history of what it made.
 *
 * @throws AxialError UsageError when inputs or parameters do not fit; whatever the command throws
 */
export async function runCommand(
  definition: CommandDefinition,
  context: CommandContext,
  { inputs, params }: CommandArguments,
): Promise<CommandResult> {
  for (const { name, title, flag } of definition.inputs) {
    if (flag === undefined && !Object.hasOwn(inputs, name)) {
      throw new AxialError(
        'UsageError',
        `${definition.id} needs an image: ${title}.`,
        'Choose one.',
      );
    }
  }
  const parsed = parseParams(definition, params);
  context.signal.throwIfAborted();
  const result = await definition.run(context, inputs, parsed);
  return {
    ...result,
    stacks: withHistories(definition, inputs, { ...parsed, ...result.chosen }, result.stacks ?? {}),
  };
}

/** Parameters with defaults filled in, or a UsageError that names each fault. */
export function parseParams(
  definition: CommandDefinition,
  params: { readonly [name: string]: unknown },
): { [name: string]: MacroValue } {
  // With the input in the issue, a missing value can be told from a wrong one.
  const parsed = definition.params.strict().safeParse(params, { reportInput: true });
  if (parsed.success) return parsed.data as { [name: string]: MacroValue };
  const faults = parsed.error.issues.map(describeIssue);
  throw new AxialError(
    'UsageError',
    `${definition.id}: ${faults.join('; ')}.`,
    definition.verb === null
      ? '"axial commands --json" lists its parameters.'
      : `"axial ${definition.verb} --help" lists its options.`,
  );
}

function withHistories(
  definition: CommandDefinition,
  inputs: CommandArguments['inputs'],
  params: { [name: string]: MacroValue },
  stacks: { readonly [output: string]: ImageStack },
): { [output: string]: ImageStack } {
  const given = definition.inputs.filter(({ name }) => Object.hasOwn(inputs, name));
  const merged = mergeHistories(given.map(({ name }) => inputs[name].history));
  // A stack that no command made cannot be replayed from; what is made of it starts a history of its own.
  const variables = merged.results.map((name) => name ?? 'unknown');
  const taken = new Set(merged.calls.flatMap((call) => call.outputs));
  const outputs = definition.outputs.filter((output) => output.kind === 'stack');
  const names = outputs.map((output) => freeName(output.name, taken));
  const call = { command: definition.id, inputs: variables, outputs: names, params };
  const named: { [output: string]: ImageStack } = {};
  outputs.forEach((output, i) => {
    const stack = stacks[output.name];
    if (!stack) return;
    const history: History = { calls: [...merged.calls, call], result: names[i] };
    // Opening a file that carries its own history continues that one.
    const carriesOwn = definition.inputs.length === 0 && stack.history.calls.length > 0;
    // What was made of a file is not that file: it has to be saved somewhere else.
    const { origin, ...made } = stack;
    const opened = definition.inputs.length === 0 && origin !== undefined;
    named[output.name] = carriesOwn ? stack : { ...made, ...(opened && { origin }), history };
  });
  return named;
}
