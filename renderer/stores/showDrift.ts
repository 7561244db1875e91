import type { ExecuteResult } from '#core/command/engineApi';
import { useDrifts } from './drifts';
import { useMessages } from './messages';

/** Opens the tab that shows how far the planes of a stack had drifted; returns that in one line. */
export function showDrift(
  { stack }: { readonly [name: string]: string },
  result: ExecuteResult,
): string | null {
  if (stack === undefined) return null;
  // Looking at saved transforms makes no new image: they are shown beside the stack itself.
  const shown = result.documents['aligned']?.id ?? stack;
  try {
    return useDrifts().show(stack, shown, result);
  } catch (error) {
    useMessages().fail(error, shown);
    return null;
  }
}
