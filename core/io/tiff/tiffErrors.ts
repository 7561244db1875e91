import type { ErrorDetails } from '#core/util/errors';
import { AxialError } from '#core/util/errors';

const GET_AGAIN =
  'Copy the file again from where it was made, or open it in the program that wrote it and save it anew.';

/** A TIFF that is cut off, contradicts itself or points outside itself. */
export function damagedTiff(
  message: string,
  details: ErrorDetails = {},
  cause?: unknown,
): AxialError {
  return new AxialError('DamagedFileError', message, GET_AGAIN, { details, cause });
}

/** A TIFF that may be sound but uses something that Axial does not read. */
export function unsupportedTiff(
  message: string,
  remedy: string,
  details: ErrorDetails = {},
): AxialError {
  return new AxialError('UnsupportedFileError', message, remedy, { details });
}

/** A stack of which only the first planes are whole; `message` says so with both numbers. */
export function partlyReadable(
  message: string,
  readablePlanes: number,
  planes: number | null,
): AxialError {
  return new AxialError(
    'DamagedFileError',
    message,
    readablePlanes > 0
      ? 'Copy the file again from where it was made, or ask for its readable part.'
      : GET_AGAIN,
    { details: { readablePlanes, planes } },
  );
}
