import type { CommandDescriptor, EngineApi } from '#core/command/engineApi';
import { toWireError } from '#core/command/wireError';
import { AXIAL_VERSION } from '#core/util/version';
import { AxialError } from '#core/util/errors';
import { closestWord } from './closestWord';
import { exitCode } from './exitCode';
import { groupHelp, overviewHelp, verbHelp } from './helpText';
import { outputPaths, parseArguments, type GeneralOptions } from './parseArguments';
import { progressPrinter, type TextStream } from './progressPrinter';
import { runVerb } from './runVerb';

/** What the command line touches of its surroundings. */
export interface CliHost {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly signal: AbortSignal;
  commands(): Promise<readonly CommandDescriptor[]>;
  /** Starts the engine; called only when a verb really runs. */
  engine(options: Pick<GeneralOptions, 'threads' | 'device'>): EngineApi;
  writeText(path: string, text: string): Promise<void>;
  /** Fails when no file can be written there, so that nothing is computed in vain. */
  requireWritable(path: string): Promise<void>;
}

/** Runs one command line, without the program's name, and gives the exit code. */
export async function cli(words: readonly string[], host: CliHost): Promise<number> {
  const json = words.includes('--json');
  try {
    return (await dispatch(words, host)) ? 0 : exitCode('DeviceError');
  } catch (error) {
    const wire = host.signal.aborted
      ? { ...toWireError(error), tag: 'CancelledError' as const }
      : toWireError(error);
    if (wire.tag === 'CancelledError')
      host.stderr.write(`Cancelled.${'kept' in wire.details ? ` ${wire.remedy}` : ''}\n`);
    else
      host.stderr.write(`axial: ${wire.message}\n${wire.remedy ? `       ${wire.remedy}\n` : ''}`);
    if (wire.tag === 'Bug') host.stderr.write(`${wire.causes.join('\n')}\n`);
    if (json) {
      const { tag, message, remedy, details } = wire;
      host.stdout.write(`${JSON.stringify({ error: { tag, message, remedy, details } })}\n`);
    }
    return exitCode(wire.tag);
  }
}

/** Does what the words say; `false` when something was checked that is not well. */
async function dispatch(words: readonly string[], host: CliHost): Promise<boolean> {
  const commands = await host.commands();
  const json = words.includes('--json');
  const [first, ...rest] = words.filter((word) => word !== '--json');
  const print = (text: string, document: unknown): void => {
    host.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : text);
  };
  if (first === '--version') {
    requireNoMore(first, rest);
    print(`${AXIAL_VERSION}\n`, { version: AXIAL_VERSION });
  } else if (first === 'commands' && !asksHelp(rest)) {
    requireNoMore(first, rest);
    print(commandList(commands), commands);
  } else if (first === 'help' && rest.length > 0) {
    printHelp(rest, commands, print);
  } else if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    print(overviewHelp(commands), commands);
  } else if (asksHelp(rest)) {
    printHelp([first, ...rest], commands, print);
  } else {
    return runWords(words, commands, host);
  }
  return true;
}

/** Help is asked for wherever it stands among the options, but not behind "--". */
function asksHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function printHelp(
  words: readonly string[],
  commands: readonly CommandDescriptor[],
  print: (text: string, document: unknown) => void,
): void {
  const [first] = words;
  const members = commands.filter(({ verb }) => verb?.startsWith(`${first} `));
  const isGroup = members.length > 0 && !members.some(({ verb }) => startsWith(words, verb));
  if (first === 'commands') print(COMMANDS_HELP, { verb: 'commands' });
  else if (isGroup) print(groupHelp(first, commands), members);
  else {
    const { command } = findVerb(words, commands);
    print(verbHelp(command), command);
  }
}

function startsWith(words: readonly string[], verb: string | null): boolean {
  return verb !== null && verb.split(' ').every((part, i) => words[i] === part);
}

function requireNoMore(verb: string, words: readonly string[]): void {
  if (words.length === 0) return;
  throw new AxialError(
    'UsageError',
    `"${words[0]}" is one word too many.`,
    `Write "axial ${verb}" alone, or with --json.`,
  );
}

const COMMANDS_HELP = `Usage: axial commands [--json]

Lists all commands and, with --json, their parameters as JSON Schema.
`;

async function runWords(
  words: readonly string[],
  commands: readonly CommandDescriptor[],
  host: CliHost,
): Promise<boolean> {
  const { command, rest } = findVerb(words, commands);
  const parsed = parseArguments(command, rest);
  for (const path of outputPaths(command, parsed)) await host.requireWritable(path);
  const printer = parsed.general.quiet ? null : progressPrinter(host.stderr);
  const engine = host.engine(parsed.general);
  try {
    const result = await runVerb(
      engine,
      command,
      parsed,
      {
        signal: host.signal,
        onProgress: (progress) => printer?.update(progress),
      },
      (path, text) => host.writeText(path, text),
    );
    printer?.finish();
    const text = parsed.general.json
      ? JSON.stringify(result.report, null, 2)
      : result.lines.join('\n');
    if (text !== '') host.stdout.write(`${text}\n`);
    return result.passed;
  } finally {
    printer?.finish();
  }
}

/** The command whose verb stands at the front; verbs of two words win over verbs of one. */
function findVerb(
  words: readonly string[],
  commands: readonly CommandDescriptor[],
): { command: CommandDescriptor; rest: readonly string[] } {
  for (const length of [2, 1]) {
    const verb = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.verb === verb);
    if (command) return { command, rest: words.slice(length) };
  }
  throw unknownVerb(words, commands);
}

function unknownVerb(
  [first, second = '']: readonly string[],
  commands: readonly CommandDescriptor[],
): AxialError {
  const verbs = [...commands.flatMap(({ verb }) => verb ?? []), 'commands'];
  const members = verbs.filter((verb) => verb.startsWith(`${first} `));
  if (members.length > 0) {
    const message =
      second === '' || second.startsWith('-')
        ? `"axial ${first}" needs one more word.`
        : `There is no verb "${first} ${second}".`;
    return new AxialError('UsageError', message, `One of: axial ${members.join(', axial ')}.`);
  }
  if (first.startsWith('-')) {
    return new AxialError(
      'UsageError',
      `The verb comes first; ${first} stands in its place.`,
      '"axial --help" lists the verbs.',
    );
  }
  const meant = closestWord(`${first} ${second}`, verbs) ?? closestWord(first, verbs);
  return new AxialError(
    'UsageError',
    `There is no verb "${first}".`,
    `${meant === null ? '' : `Did you mean "axial ${meant}"? `}"axial --help" lists the verbs.`,
  );
}

function commandList(commands: readonly CommandDescriptor[]): string {
  return commands
    .map(({ id, summary, verb }) => {
      const name = verb === null ? id : `${id} (axial ${verb})`;
      return `${name}\n    ${summary}\n`;
    })
    .join('');
}
