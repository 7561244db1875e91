import type { CommandDescriptor } from '#core/command/engineApi';
import { generalOptions } from './generalOptions';
import {
  expectation,
  isSwitch,
  paramOptions,
  placeholder,
  spell,
  type ParamOption,
  type ParamSchema,
} from './options';

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
      .map(({ spelling, schema }) => `${spelling} ${placeholder(schema)}`),
    ...command.outputs.filter(({ optional }) => !optional).map(({ flag }) => `${spell(flag)} FILE`),
  ];
  const rows = [
    ...options.filter(({ schema }) => !schema.positional).map(optionRow),
    ...command.inputs
      .filter(({ flag }) => flag !== undefined)
      .map(({ flag, title }) => [`${spell(flag ?? '')} FILE`, `${title} (optional).`]),
    ...command.outputs.map(({ flag, title, optional }) => [
      `${spell(flag)} FILE`,
      `${title}${optional ? ' (optional)' : ''}.`,
    ]),
    ...generalOptions(command).map(({ spelling, value, help }) => [
      `${spelling} ${value}`.trim(),
      help,
    ]),
  ];
  return [
    `Usage: ${['axial', command.verb, ...words, '[options]'].join(' ')}`,
    '',
    command.summary,
    '',
    'Options:',
    ...table(rows),
    '',
  ].join('\n');
}

function optionRow({ spelling, schema }: ParamOption): string[] {
  if (isSwitch(schema)) return [spelling, schema.description ?? ''];
  const text = [
    schema.description ?? '',
    schema.unit ? `[${schema.unit}]` : '',
    expectation(schema),
    defaultOf(schema),
  ];
  return [`${spelling} ${placeholder(schema)}`, text.filter(Boolean).join(' ')];
}

function defaultOf({ default: value }: ParamSchema): string {
  const known = typeof value === 'string' || typeof value === 'number';
  return known ? `Default: ${value}.` : '';
}

/** The page of "axial --help". */
export function overviewHelp(commands: readonly CommandDescriptor[]): string {
  const rows = verbRows(commands);
  rows.push(['commands', 'Lists all commands and their parameters.']);
  return [
    'Axial: volumes from a few wide-field fluorescence images.',
    '',
    'Usage: axial VERB … [options]      axial VERB --help      axial --version',
    '',
    ...table(rows),
    '',
    'Planes count from 0; z is in micrometres from the first plane. Progress goes to standard error.',
    'Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 bad input or impossible request, 4 runtime or',
    'device failure, 130 cancelled.',
    '',
  ].join('\n');
}

/** The page of "axial models --help": the verbs that start with that word. */
export function groupHelp(group: string, commands: readonly CommandDescriptor[]): string {
  const members = commands.filter(({ verb }) => verb?.startsWith(`${group} `));
  return [`Usage: axial ${group} VERB … [options]`, '', ...table(verbRows(members)), ''].join('\n');
}

function verbRows(commands: readonly CommandDescriptor[]): string[][] {
  return commands
    .filter(({ verb }) => verb !== null)
    .map(({ verb, summary }) => [verb ?? '', summary]);
}

const PAGE_WIDTH = 100;
const WIDEST_NAME = 30;

/** Two columns; a long text goes on below itself, a long name stands on a line of its own. */
function table(rows: readonly string[][]): string[] {
  const width = Math.min(WIDEST_NAME, Math.max(...rows.map(([name]) => name.length)));
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, PAGE_WIDTH - width - 4);
    const indent = ' '.repeat(width + 4);
    return name.length > width
      ? [`  ${name}`, ...[first, ...rest].map((line) => indent + line)]
      : [`  ${name.padEnd(width)}  ${first}`.trimEnd(), ...rest.map((line) => indent + line)];
  });
}

/** The text in lines of at most `width` letters, broken between words. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
