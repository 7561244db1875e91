import type { History } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { AxialError } from '#core/util/errors';
import type { CommandContext } from './CommandContext';
import type { CommandDefinition } from './defineCommand';
import { progressInParts } from './progressInParts';
import { runCommand } from './runCommand';

/**
 * Runs the calls of a macro in order.
 *
 * @returns the stack that the macro returns, or else its last one; `null` when it made none
 * @throws AxialError UsageError for an unknown command or wrong parameters; whatever a command throws
 */
export async function playMacro(
  macro: History,
  commands: ReadonlyMap<string, CommandDefinition>,
  context: CommandContext,
): Promise<ImageStack | null> {
  const stacks = new Map<string, ImageStack>();
  let last: ImageStack | null = null;
  const partOf = progressInParts((progress) => context.progress(progress));
  for (const [i, call] of macro.calls.entries()) {
    context.signal.throwIfAborted();
    const definition = commands.get(call.command);
    if (!definition) throw unknownCommand(call.command);
    const required = definition.inputs.filter(({ flag }) => flag === undefined).length;
    if (call.inputs.length < required || call.inputs.length > definition.inputs.length) {
      throw new AxialError(
        'UsageError',
        `${call.command} takes ${required} images, the macro gives ${call.inputs.length}.`,
        'Name one variable for each image.',
      );
    }
    const progress = partOf(1 / (macro.calls.length - i));
    progress({ fraction: 0, step: definition.title.replace('…', '') });
    const inputs: { [name: string]: ImageStack } = {};
    definition.inputs.slice(0, call.inputs.length).forEach(({ name }, k) => {
      const stack = stacks.get(call.inputs[k]);
      if (!stack)
        throw new AxialError('UsageError', `"${call.inputs[k]}" holds no image.`, 'Bind it first.');
      inputs[name] = stack;
    });
    const result = await runCommand(
      definition,
      { ...context, progress },
      { inputs, params: call.params },
    );
    const outputs = definition.outputs.filter((output) => output.kind === 'stack');
    call.outputs.forEach((variable, k) => {
      const stack = result.stacks?.[outputs[k]?.name ?? ''];
      if (stack) stacks.set(variable, stack);
    });
    last = stacks.get(call.outputs[0] ?? '') ?? last;
  }
  return macro.result === null ? last : (stacks.get(macro.result) ?? null);
}

/** The error for a command id that does not exist. */
export function unknownCommand(id: string): AxialError {
  return new AxialError(
    'UsageError',
    `There is no command "${id}".`,
    '"axial commands" lists the commands.',
    { details: { command: id } },
  );
}
