import type { ExecuteResult } from '#core/command/engineApi';
import { showComparison } from './showComparison';
import { showDrift } from './showDrift';

/** Opens the view that a result has of its own, if it has one; returns what it says in one line. */
export function showResult(
  command: string,
  inputs: { readonly [name: string]: string },
  result: ExecuteResult,
): string | null {
  switch (command) {
    case 'compare.metrics':
      return showComparison(inputs, result);
    case 'process.align':
    case 'analyze.drift':
      return showDrift(inputs, result);
    default:
      return null;
  }
}
