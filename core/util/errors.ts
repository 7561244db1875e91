/** Kinds of expected failure, by what the caller can do about them. */
export type AxialErrorTag =
  /** The command was called wrongly: unknown option, missing or malformed parameter. */
  | 'UsageError'
  /** A file is damaged, cut off or lies about its contents. */
  | 'DamagedFileError'
  /** A file is sound, but of a kind that Axial does not read. */
  | 'UnsupportedFileError'
  /** A file or folder could not be found, read or written. */
  | 'FileAccessError'
  /** The request makes no sense for this image or model. */
  | 'ImpossibleRequestError'
  /** A runtime, device or driver failed. */
  | 'DeviceError'
  /** The user cancelled. */
  | 'CancelledError';

/** Facts about a failure that a program can read. */
export type ErrorDetails = { readonly [key: string]: string | number | boolean | null };

/**
 * A failure that users can meet. `message` says what happened, `remedy` what to do about it.
 * Anything else that is thrown is a bug.
 */
export class AxialError extends Error {
  readonly tag: AxialErrorTag;
  readonly remedy: string;
  readonly details: ErrorDetails;

  constructor(
    tag: AxialErrorTag,
    message: string,
    remedy: string,
    options: { readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = tag;
    this.tag = tag;
    this.remedy = remedy;
    this.details = options.details ?? {};
  }
}

/** Narrows to an expected failure, of one of `tags` when any are given. */
export function isAxialError(error: unknown, ...tags: AxialErrorTag[]): error is AxialError {
  return error instanceof AxialError && (tags.length === 0 || tags.includes(error.tag));
}

/** The failure that a cancelled operation ends in. */
export function cancelledError(cause?: unknown): AxialError {
  return new AxialError('CancelledError', 'Cancelled.', 'Nothing was changed.', { cause });
}
