import type { WireError } from '#core/command/wireError';

/** The exit code that tells a script what kind of failure it was. */
export function exitCode(tag: WireError['tag']): number {
  switch (tag) {
    case 'UsageError':
      return 2;
    case 'DamagedFileError':
    case 'UnsupportedFileError':
    case 'FileAccessError':
    case 'ImpossibleRequestError':
      return 3;
    case 'DeviceError':
      return 4;
    case 'CancelledError':
      return 130;
    case 'Bug':
      return 1;
  }
}
