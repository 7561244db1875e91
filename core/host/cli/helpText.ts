import type { CommandDescriptor } from '#core/command/engineApi';
import { expectation, isSwitch, paramOptions, spell } from './options';

/** The page of "axial VERB --help". */
export function verbHelp(command: CommandDescriptor): string {
  const options = paramOptions(command);
  const words = [
    ...command.inputs
      .filter(({ flag }) => flag === undefined)
      .map(({ title }) => title.toUpperCase().replaceAll(' ', '-')),
    ...options.filter(({ schema }) => schema.positional).map(({ name }) => name.toUpperCase()),
    ...options
      .filter(({ schema, required }) => required && !schema.positional)
      .map(({ spelling }) => `${spelling} VALUE`),
    ...command.outputs.filter(({ optional }) => !optional).map(({ flag }) => `${spell(flag)} FILE`),
  ];
  const rows = [
    ...options
      .filter(({ schema }) => !schema.positional)
      .map(({ spelling, schema }) => {
        const unit = schema.unit ? ` [${schema.unit}]` : '';
        const fallback =
          schema.default === undefined || schema.default === null || isSwitch(schema)
            ? ''
            : ` Default: ${String(schema.default)}.`;
        const values = isSwitch(schema) ? '' : ` ${expectation(schema)}`;
        return [spelling, `${schema.description ?? ''}${unit}${values}${fallback}`.trim()];
      }),
    ...command.inputs
      .filter(({ flag }) => flag !== undefined)
      .map(({ flag, title }) => [`${spell(flag ?? '')} FILE`, `${title} (optional).`]),
    ...command.outputs.map(({ flag, title, optional }) => [
      `${spell(flag)} FILE`,
      `${title}${optional ? ' (optional)' : ''}.`,
    ]),
    ...generalRows(command),
  ];
  return [
    `Usage: axial ${command.verb} ${words.join(' ')} [options]`,
    '',
    command.summary,
    '',
    'Options:',
    ...table(rows),
    '',
  ].join('\n');
}

/** The page of "axial --help". */
export function overviewHelp(commands: readonly CommandDescriptor[]): string {
  const rows = commands
    .filter(({ verb }) => verb !== null)
    .map(({ verb, summary }) => [verb ?? '', summary]);
  rows.push(['commands', 'Lists all commands and their parameters.']);
  return [
    'Axial: volumes from a few wide-field fluorescence images.',
    '',
    'Usage: axial VERB … [options]      axial VERB --help      axial --version',
    '',
    ...table(rows),
    '',
    'Planes count from 0; z is in micrometres from the first plane. Progress goes to standard error.',
    'Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 bad input, 4 runtime failure, 130 cancelled.',
    '',
  ].join('\n');
}

function generalRows(command: CommandDescriptor): string[][] {
  const rows = [['--json', 'Prints one JSON document on standard output and nothing else.']];
  if (command.inputs.length > 0) {
    rows.push(
      ['--axes AXES', 'Axes of the pages of a plain TIFF, slowest first, such as "tz".'],
      ['--sizes SIZES', 'Pages along those axes, such as t=2,z=15; one axis may be left out.'],
      ['--pixel-size-um UM', 'Pixel size, for a file that does not state it.'],
      ['--z-step-um UM', 'Plane spacing, for a file that does not state it.'],
      ['--readable-part', 'Opens the planes that are whole in a file that is cut off.'],
    );
  }
  if (command.outputs.some(({ kind }) => kind === 'stack')) {
    rows.push(
      ['--format F', 'ome-tiff or imagej-tiff. Default: by the name of the file.'],
      ['--pixel-type T', 'uint8, uint16, float32 or keep. Default: keep.'],
      ['--compression C', 'none or deflate. Default: none.'],
    );
  }
  rows.push(['--threads N', 'Worker threads.'], ['--quiet', 'No progress on standard error.']);
  return rows;
}

function table(rows: readonly string[][]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
