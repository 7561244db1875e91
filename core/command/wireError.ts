import { AxialError, isAxialError, type AxialErrorTag, type ErrorDetails } from '#core/util/errors';

/** A failure as it crosses threads and processes. `tag` is "Bug" for everything that is not an expected failure. */
export interface WireError {
  readonly tag: AxialErrorTag | 'Bug';
  readonly message: string;
  readonly remedy: string;
  readonly details: ErrorDetails;
  /** Messages of the causes, nearest first; for a bug its stack trace comes first. */
  readonly causes: readonly string[];
}

/** Flattens any thrown value; `reviveError` is its inverse for expected failures. */
export function toWireError(error: unknown): WireError {
  const causes = causesOf(error);
  if (isAxialError(error)) {
    const { tag, message, remedy, details } = error;
    return { tag, message, remedy, details, causes };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { tag: 'CancelledError', message: 'Cancelled.', remedy: '', details: {}, causes: [] };
  }
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error && error.stack ? [error.stack] : [];
  return {
    tag: 'Bug',
    message,
    remedy: 'This is a fault in Axial. Please report it with the details.',
    details: {},
    causes: [...trace, ...causes],
  };
}

/** The failure on the receiving side: an `AxialError`, or a plain `Error` for a bug. */
export function reviveError(wire: WireError): Error {
  const cause = wire.causes.length > 0 ? wire.causes.join('\n') : undefined;
  if (wire.tag === 'Bug') return new Error(wire.message, { cause });
  return new AxialError(wire.tag, wire.message, wire.remedy, { details: wire.details, cause });
}

function causesOf(error: unknown): string[] {
  const causes: string[] = [];
  let current = error instanceof Error ? error.cause : undefined;
  while (current !== undefined && causes.length < 8) {
    causes.push(current instanceof Error ? current.message : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return causes;
}
