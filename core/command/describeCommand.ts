import { z } from 'zod';
import type { CommandDefinition } from './defineCommand';
import type { CommandDescriptor } from './engineApi';

/** The command as data: what menus, dialogs, help and the command line are drawn from. */
export function describeCommand(definition: CommandDefinition): CommandDescriptor {
  return {
    id: definition.id,
    title: definition.title,
    summary: definition.summary,
    menu: definition.menu,
    accelerator: definition.accelerator ?? null,
    verb: definition.verb,
    inputs: definition.inputs,
    outputs: definition.outputs,
    preview: definition.preview ?? null,
    runShare: definition.runShare ?? 1,
    // Made when it is read: a command line needs the parameters of one command, not of all.
    get params() {
      return z.toJSONSchema(definition.params, { io: 'input' }) as CommandDescriptor['params'];
    },
  };
}
