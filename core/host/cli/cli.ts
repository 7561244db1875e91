import type { CommandDescriptor, EngineApi } from '#core/command/engineApi';
import { toWireError } from '#core/command/wireError';
import { AXIAL_VERSION } from '#core/util/version';
import { AxialError } from '#core/util/errors';
import { exitCode } from './exitCode';
import { overviewHelp, verbHelp } from './helpText';
import { parseArguments } from './parseArguments';
import { progressPrinter, type TextStream } from './progressPrinter';
import { runVerb } from './runVerb';

/** What the command line touches of its surroundings. */
export interface CliHost {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly signal: AbortSignal;
  commands(): Promise<readonly CommandDescriptor[]>;
  /** Starts the engine; called only when a verb really runs. */
  engine(threads: number | null): EngineApi;
  writeText(path: string, text: string): Promise<void>;
}

/** Runs one command line, without the program's name, and gives the exit code. */
export async function cli(words: readonly string[], host: CliHost): Promise<number> {
  const json = words.includes('--json');
  try {
    await dispatch(words, host);
    return 0;
  } catch (error) {
    const wire = host.signal.aborted
      ? { ...toWireError(error), tag: 'CancelledError' as const }
      : toWireError(error);
    if (wire.tag === 'CancelledError') host.stderr.write('Cancelled.\n');
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

async function dispatch(words: readonly string[], host: CliHost): Promise<void> {
  const [first] = words;
  const commands = await host.commands();
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    host.stdout.write(overviewHelp(commands));
  } else if (first === '--version') {
    host.stdout.write(`${AXIAL_VERSION}\n`);
  } else if (first === 'commands') {
    host.stdout.write(printCommands(commands, words.includes('--json')));
  } else {
    await runWords(words, commands, host);
  }
}

async function runWords(
  words: readonly string[],
  commands: readonly CommandDescriptor[],
  host: CliHost,
): Promise<void> {
  const { command, rest } = findVerb(words, commands);
  const parsed = parseArguments(command, rest);
  if (parsed.general.help) {
    host.stdout.write(verbHelp(command));
    return;
  }
  const printer = parsed.general.quiet ? null : progressPrinter(host.stderr);
  const engine = host.engine(parsed.general.threads);
  try {
    const result = await runVerb(
      engine,
      command,
      parsed,
      { signal: host.signal, onProgress: (progress) => printer?.update(progress) },
      (path, text) => host.writeText(path, text),
    );
    printer?.finish();
    const text = parsed.general.json
      ? JSON.stringify(result.report, null, 2)
      : result.lines.join('\n');
    if (text !== '') host.stdout.write(`${text}\n`);
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
  throw new AxialError(
    'UsageError',
    `There is no verb "${words[0]}".`,
    '"axial --help" lists the verbs.',
  );
}

function printCommands(commands: readonly CommandDescriptor[], json: boolean): string {
  if (json) return `${JSON.stringify(commands, null, 2)}\n`;
  return commands
    .map(({ id, summary, verb }) => {
      const name = verb === null ? id : `${id} (axial ${verb})`;
      return `${name}\n    ${summary}\n`;
    })
    .join('');
}
