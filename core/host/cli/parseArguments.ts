import type { CommandInput } from '#core/command/defineCommand';
import type { CommandDescriptor } from '#core/command/engineApi';
import { NETWORK_DEVICES, type NetworkDevice } from '#core/network/networkDevices';
import { AxialError } from '#core/util/errors';
import { closestWord } from './closestWord';
import { generalOptions } from './generalOptions';
import { coerce, isSwitch, paramOptions, spell, type ParamOption } from './options';

/** One command line, understood. */
export interface ParsedArguments {
  /** Path for each input of the command. */
  readonly inputs: { readonly [name: string]: string };
  readonly params: { readonly [name: string]: unknown };
  /** File for each output that was asked for. */
  readonly outputs: { readonly [name: string]: string };
  readonly general: GeneralOptions;
}

/** Options that every verb takes. */
export interface GeneralOptions {
  json: boolean;
  quiet: boolean;
  threads: number | null;
  /** What computes networks, `null` where that is not said. */
  device: NetworkDevice | null;
  /** Whether slow results go on from what an interrupted run left. */
  resume: boolean;
  /** How the inputs are opened; see the command file.open. */
  open: { [name: string]: unknown };
  /** How stack outputs are written; see the command file.save. */
  save: { [name: string]: string };
}

/** Checked before anything is computed, and again by the command file.save. */
const SAVE_OPTIONS: { readonly [name: string]: readonly string[] } = {
  format: ['auto', 'ome-tiff', 'imagej-tiff'],
  compression: ['none', 'deflate'],
  'pixel-type': ['keep', 'uint8', 'uint16', 'float32'],
};

/**
 * Reads the words after the verb.
 *
 * @throws AxialError UsageError that names the word at fault
 */
export function parseArguments(
  command: CommandDescriptor,
  words: readonly string[],
): ParsedArguments {
  const options = paramOptions(command);
  const positionals = options.filter(({ schema }) => schema.positional);
  const parsed = {
    inputs: {} as { [name: string]: string },
    params: {} as { [name: string]: unknown },
    outputs: {} as { [name: string]: string },
    general: emptyGeneral(),
  };
  const free: string[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') {
      free.push(...queue.splice(0));
    } else if (word === '-' || !word.startsWith('-') || /^-[\d.]/.test(word)) {
      free.push(word);
    } else {
      readOption(command, options, word, queue, parsed);
    }
  }
  requiredInputs(command).forEach(({ name }) => {
    const path = free.shift();
    if (path !== undefined) parsed.inputs[name] = path;
  });
  positionals.forEach((option) => {
    const value = free.shift();
    if (value !== undefined) parsed.params[option.name] = coerce(value, option.schema, option.name);
  });
  requireComplete(command, options, parsed, free);
  requireDistinct(outputPaths(command, parsed));
  return parsed;
}

/** The files that a command line asks to write. */
export function outputPaths(
  command: CommandDescriptor,
  { outputs, params }: ParsedArguments,
): string[] {
  const saved = paramOptions(command)
    .filter(({ schema }) => schema.kind === 'savePath')
    .map(({ name }) => params[name]);
  return [...Object.values(outputs), ...saved].filter((path) => typeof path === 'string');
}

function requireDistinct(paths: readonly string[]): void {
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice === undefined) return;
  throw new AxialError(
    'UsageError',
    `Two outputs have the same name, ${twice}.`,
    'Give each output a file of its own.',
  );
}

function emptyGeneral(): GeneralOptions {
  return {
    json: false,
    quiet: false,
    threads: null,
    device: null,
    resume: false,
    open: {},
    save: {},
  };
}

function readOption(
  command: CommandDescriptor,
  options: readonly ParamOption[],
  word: string,
  queue: string[],
  parsed: {
    inputs: { [name: string]: string };
    params: { [name: string]: unknown };
    outputs: { [name: string]: string };
    general: GeneralOptions;
  },
): void {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  const spelling = equals > 0 ? word.slice(0, equals) : word;
  const inlineValue = equals > 0 ? word.slice(equals + 1) : undefined;
  const value = (): string => {
    const next = inlineValue ?? queue.shift();
    if (next !== undefined) return next;
    throw new AxialError('UsageError', `${spelling} needs a value.`, 'Write it after the option.');
  };
  const flag = (): true => {
    if (inlineValue === undefined) return true;
    throw new AxialError('UsageError', `${spelling} takes no value.`, `Write ${spelling} alone.`);
  };
  const option = options.find((candidate) => candidate.spelling === canonical(spelling));
  if (option && !option.schema.positional) {
    parsed.params[option.name] = isSwitch(option.schema)
      ? flag()
      : joined(parsed.params[option.name], coerce(value(), option.schema, spelling));
    return;
  }
  const input = command.inputs.find(({ flag }) => flag && spell(flag) === spelling);
  if (input) {
    parsed.inputs[input.name] = value();
    return;
  }
  const output = command.outputs.find(({ flag }) => spell(flag) === canonical(spelling));
  if (output) {
    parsed.outputs[output.name] = value();
    return;
  }
  if (!readGeneral(parsed.general, canonical(spelling), value, flag)) {
    throw unknownOption(command, options, spelling);
  }
}

/** A list that is given in several pieces is one list. */
function joined(before: unknown, value: unknown): unknown {
  return Array.isArray(before) && Array.isArray(value)
    ? [...(before as unknown[]), ...(value as unknown[])]
    : value;
}

function unknownOption(
  command: CommandDescriptor,
  options: readonly ParamOption[],
  spelling: string,
): AxialError {
  const known = [
    ...options.filter(({ schema }) => !schema.positional).map((option) => option.spelling),
    ...command.inputs.flatMap(({ flag }) => (flag === undefined ? [] : [spell(flag)])),
    ...command.outputs.map(({ flag }) => spell(flag)),
    ...generalOptions(command).map(({ spelling: name }) => name),
  ];
  const meant = closestWord(spelling, known);
  return new AxialError(
    'UsageError',
    `"axial ${command.verb}" has no option ${spelling}.`,
    `${meant === null ? '' : `Did you mean ${meant}? `}"axial ${command.verb} --help" lists its options.`,
  );
}

function requiredInputs({ inputs }: CommandDescriptor): CommandInput[] {
  return inputs.filter(({ flag }) => flag === undefined);
}

/** Both spellings of the main output mean the same. */
function canonical(spelling: string): string {
  return spelling === '--output' ? '-o' : spelling;
}

function readGeneral(
  general: GeneralOptions,
  spelling: string,
  value: () => string,
  flag: () => true,
): boolean {
  switch (spelling) {
    case '--json':
      return (general.json = flag());
    case '--quiet':
    case '-q':
      return (general.quiet = flag());
    case '--resume':
      return (general.resume = flag());
    case '--readable-part':
      general.open['readablePart'] = flag();
      return true;
    case '--axes':
      general.open['axes'] = value();
      return true;
    case '--sizes':
      general.open['sizes'] = readSizes(value());
      return true;
    case '--pixel-size-um':
    case '--z-step-um':
      general.open[spelling === '--z-step-um' ? 'zStepUm' : 'pixelSizeUm'] = coerce(
        value(),
        { type: 'number', minimum: 0 },
        spelling,
      );
      return true;
    case '--threads':
      general.threads = Number(
        coerce(value(), { type: 'integer', minimum: 1, maximum: 256 }, spelling),
      );
      return true;
    case '--device':
      general.device = coerce(value(), { enum: NETWORK_DEVICES }, spelling) as NetworkDevice;
      return true;
    default: {
      const name = spelling.slice(2);
      if (!spelling.startsWith('--') || !Object.hasOwn(SAVE_OPTIONS, name)) return false;
      general.save[name] = String(coerce(value(), { enum: SAVE_OPTIONS[name] }, spelling));
      return true;
    }
  }
}

/** "t=2,z=15": how many pages each named axis counts. */
function readSizes(text: string): { [axis: string]: number } {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [, axis, size] = /^\s*([tcz])=([1-9]\d*)\s*$/.exec(part) ?? [];
      if (axis !== undefined) return [axis, Number(size)];
      throw new AxialError(
        'UsageError',
        `--sizes does not take "${text}".`,
        'Sizes of the axes t, c and z, separated by commas, such as t=2,z=15.',
      );
    }),
  );
}

function requireComplete(
  command: CommandDescriptor,
  options: readonly ParamOption[],
  parsed: ParsedArguments,
  left: readonly string[],
): void {
  const missing = [
    ...requiredInputs(command)
      .filter(({ name }) => !(name in parsed.inputs))
      .map(({ title }) => title),
    ...options
      .filter(({ name, required }) => required && !(name in parsed.params))
      .map(({ spelling, name, schema }) => (schema.positional ? name.toUpperCase() : spelling)),
    ...command.outputs
      .filter(({ name, optional }) => !optional && !(name in parsed.outputs))
      .map(({ flag, title }) => `${spell(flag)} (${title})`),
  ];
  const remedy = `"axial ${command.verb} --help" shows what it takes.`;
  if (missing.length > 0)
    throw new AxialError('UsageError', `Missing: ${missing.join(', ')}.`, remedy);
  if (left.length > 0)
    throw new AxialError('UsageError', `"${left[0]}" is one word too many.`, remedy);
}
