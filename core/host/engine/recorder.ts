import type { CommandDefinition } from '#core/command/defineCommand';
import { printMacro } from '#core/command/printMacro';
import type { CommandCall, MacroValue } from '#core/image/History';
import type { Document } from './documents';

/** Writes down what the user does, as a macro that does it again. */
export interface Recorder {
  record(
    definition: CommandDefinition,
    /** What the macro calls each input. */
    variables: ReadonlyMap<string, string>,
    made: ReadonlyMap<string, Document>,
    params: { readonly [name: string]: MacroValue },
  ): void;
  text(): string;
}

/** A recorder with an empty macro. */
export function createRecorder(): Recorder {
  const calls: CommandCall[] = [];
  return {
    record(definition, variables, made, params) {
      if (definition.recorded === false) return;
      calls.push({
        command: definition.id,
        inputs: definition.inputs
          .filter(({ name, flag }) => flag === undefined || variables.has(name))
          .map(({ name }) => variables.get(name) ?? 'unknown'),
        outputs: definition.outputs
          .filter(({ kind }) => kind === 'stack')
          .map(({ name }) => made.get(name)?.variable ?? '_'),
        params,
      });
    },
    text: () => printMacro({ calls, result: null }),
  };
}
