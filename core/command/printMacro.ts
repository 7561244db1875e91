import type { CommandCall, History, MacroValue } from '#core/image/History';

/** First line of every macro; the number is the version of the language. */
export const MACRO_HEADER = '# Axial macro 1';

/**
 * Writes a history as a macro: one call a line, `return` names the variable that holds the stack.
 * `parseMacro` reads it back to an equal history.
 */
export function printMacro(history: History): string {
  const lines = [MACRO_HEADER, ...history.calls.map(printCall)];
  if (history.result !== null) lines.push(`return ${history.result}`);
  return lines.join('\n') + '\n';
}

/** Writes one call: `aligned = process.align(stack, model="rigid")`. */
export function printCall(call: CommandCall): string {
  const params = Object.entries(call.params).map(([name, value]) => `${name}=${printValue(value)}`);
  const target = call.outputs.length > 0 ? `${call.outputs.join(', ')} = ` : '';
  return `${target}${call.command}(${[...call.inputs, ...params].join(', ')})`;
}

function printValue(value: MacroValue): string {
  // "${" would be read as a variable, so a literal one is written as an escape.
  return JSON.stringify(value).replaceAll('${', '\\u0024{');
}
