import type { CommandDescriptor } from '#core/command/engineApi';

const stack = [{ name: 'stack', title: 'Stack' }];
const result = [{ name: 'result', title: 'Result', kind: 'stack' as const, flag: 'o' }];

function command(
  id: string,
  title: string,
  menu: readonly string[],
  more: Partial<CommandDescriptor> = {},
): CommandDescriptor {
  return {
    ...{ id, title, menu, summary: `${title}.`, accelerator: null, verb: null },
    ...{ preview: null, runShare: 1 },
    ...{ inputs: stack, outputs: result, params: { type: 'object', properties: {} } },
    ...more,
  };
}

/** Declarations in the shape of the real ones: enough for menus, dialogs and tests. */
export const fakeCommands: readonly CommandDescriptor[] = [
  command('file.open', 'Open…', ['File'], {
    accelerator: 'CmdOrCtrl+O',
    inputs: [],
    params: { type: 'object', properties: { path: { type: 'string', kind: 'openPath' } } },
  }),
  command('file.openSample', 'Open Sample', ['File'], { inputs: [] }),
  command('process.align', 'Align Stack…', ['Process', 'Registration'], {
    params: {
      type: 'object',
      properties: {
        model: {
          enum: ['translation', 'rigid'],
          default: 'rigid',
          title: 'Model',
          description: 'How planes may move against each other.',
        },
        reference: { enum: ['previous', 'first', 'mean'], default: 'previous' },
      },
    },
  }),
  command('process.edf', 'Extended Depth of Field…', ['Process']),
  command('process.normalise', 'Normalise…', ['Process']),
  command('reconstruct.recurrentMz', 'Recurrent-MZ…', ['Reconstruct'], {
    params: {
      type: 'object',
      required: ['inputs'],
      properties: {
        inputs: { type: 'array', items: { type: 'integer' }, kind: 'planes' },
        stepUm: { type: 'number', minimum: 0.05, maximum: 2, default: 0.2, unit: 'um' },
      },
    },
  }),
];
