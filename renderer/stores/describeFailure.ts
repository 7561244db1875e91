import { isAxialError } from '#core/util/errors';

/** A failure in the words of a message strip. */
export interface FailureText {
  readonly title: string;
  readonly remedy: string;
  readonly details: string | null;
}

function causeText(error: Error): string[] {
  if (error.cause === undefined) return [];
  return [error.cause instanceof Error ? error.cause.message : String(error.cause)];
}

/** What to show for anything that was thrown; `null` for what the user did on purpose. */
export function describeFailure(error: unknown): FailureText | null {
  if (isAxialError(error, 'CancelledError')) return null;
  if (isAxialError(error)) {
    const facts = Object.entries(error.details).map(([name, value]) => `${name}: ${String(value)}`);
    const details = [error.tag, ...facts, ...causeText(error)].join('\n');
    return { title: error.message, remedy: error.remedy, details };
  }
  const bug = error instanceof Error ? error : new Error(String(error));
  return {
    title: `Something went wrong: ${bug.message}`,
    remedy: 'This is a fault in Axial. Please report it with the details.',
    details: [...causeText(bug), bug.stack ?? ''].join('\n').trim(),
  };
}
