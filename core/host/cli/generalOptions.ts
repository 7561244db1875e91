import type { CommandDescriptor } from '#core/command/engineApi';
import { NETWORK_DEVICES } from '#core/network/networkDevices';

/** One option that does not come from the parameters of a command. */
export interface GeneralOption {
  readonly spelling: string;
  /** What stands for its value in help; empty for a switch. */
  readonly value: string;
  readonly help: string;
}

const ALWAYS: readonly GeneralOption[] = [
  {
    spelling: '--json',
    value: '',
    help: 'Prints one JSON document on standard output and nothing else; on failure { "error": … }.',
  },
];

const OPENING: readonly GeneralOption[] = [
  {
    spelling: '--axes',
    value: 'AXES',
    help: 'Axes of the pages of a plain TIFF, slowest first, such as "tz".',
  },
  {
    spelling: '--sizes',
    value: 'SIZES',
    help: 'Pages along those axes, such as t=2,z=15; one axis may be left out.',
  },
  {
    spelling: '--pixel-size-um',
    value: 'UM',
    help: 'Pixel size, for a file that does not state it.',
  },
  {
    spelling: '--z-step-um',
    value: 'UM',
    help: 'Plane spacing, for a file that does not state it.',
  },
  {
    spelling: '--readable-part',
    value: '',
    help: 'Opens the planes that are whole in a file that is cut off.',
  },
];

const SAVING: readonly GeneralOption[] = [
  {
    spelling: '--format',
    value: 'NAME',
    help: 'One of: ome-tiff, imagej-tiff. Default: by the name of the file.',
  },
  {
    spelling: '--pixel-type',
    value: 'NAME',
    help: 'One of: keep, uint8, uint16, float32. Default: keep.',
  },
  {
    spelling: '--compression',
    value: 'NAME',
    help: 'One of: none, deflate. Default: none.',
  },
  {
    spelling: '--resume',
    value: '',
    help: 'Goes on from the planes that an interrupted run left in NAME.partial.ome.tif.',
  },
];

const LAST: readonly GeneralOption[] = [
  { spelling: '--threads', value: 'N', help: 'Threads to compute with.' },
  {
    spelling: '--device',
    value: 'NAME',
    help:
      'What computes networks. auto: a graphics processor that computes the test of the model right and faster than ' +
      `the CPU, else the CPU. One of: ${NETWORK_DEVICES.join(', ')}. Default: auto.`,
  },
  { spelling: '--quiet', value: '', help: 'No progress on standard error.' },
  { spelling: '--help', value: '', help: 'Prints this page.' },
];

/** The options that a verb takes beside its own: for opening its inputs, saving its outputs, and always. */
export function generalOptions(command: CommandDescriptor): GeneralOption[] {
  return [
    ...ALWAYS,
    ...(command.inputs.length > 0 ? OPENING : []),
    ...(command.outputs.some(({ kind }) => kind === 'stack') ? SAVING : []),
    ...LAST,
  ];
}
