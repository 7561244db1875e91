import type { CommandCall, History, MacroValue } from '#core/image/History';
import { AxialError } from '#core/util/errors';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const COMMAND = /^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+/;
const MAX_LENGTH = 4_000_000;
const VARIABLE_IS_TEXT = 'A variable holds a text in double quotes.';

/**
 * Reads a macro: one statement a line, `#` starts a comment.
 *
 *     let folder = "/data"
 *     stack = file.open(path="${folder}/nuclei.tif")
 *     aligned = process.align(stack, model="rigid")
 *     return aligned
 *
 * Values are JSON; `${name}` in a string stands for a `let` variable. Nothing is executed.
 *
 * @param text the macro
 * @param variables values that replace those of `let` statements of the same name
 * @throws AxialError UsageError that names the line
 */
export function parseMacro(
  text: string,
  variables: { readonly [name: string]: string } = {},
): History {
  if (text.length > MAX_LENGTH)
    throw macroError(1, 'The macro is longer than 4 million characters.');
  const lets = new Map<string, string>();
  const bound = new Set<string>();
  const calls: CommandCall[] = [];
  let result: string | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const scanner = new Scanner(line, index + 1, lets);
    if (scanner.atEnd()) continue;
    if (scanner.keyword('let')) {
      const name = scanner.name('a variable name');
      scanner.expect('=');
      const value = scanner.value();
      const own = typeof value === 'string' ? value : scanner.fail(VARIABLE_IS_TEXT);
      lets.set(name, Object.hasOwn(variables, name) ? variables[name] : own);
      scanner.end();
    } else if (scanner.keyword('return')) {
      result = scanner.name('the name of a result');
      if (!bound.has(result)) scanner.fail(`Nothing is called "${result}" here.`);
      scanner.end();
    } else {
      const call = scanner.call();
      for (const input of call.inputs) {
        if (!bound.has(input)) scanner.fail(`Nothing is called "${input}" here.`);
      }
      call.outputs.forEach((output) => bound.add(output));
      calls.push(call);
    }
  }
  const unknown = Object.keys(variables).find((name) => !lets.has(name));
  if (unknown !== undefined) throw unknownVariable(unknown, [...lets.keys()]);
  return { calls, result };
}

function unknownVariable(name: string, known: readonly string[]): AxialError {
  return new AxialError(
    'UsageError',
    `The macro has no variable "${name}".`,
    known.length > 0 ? `Its variables are: ${known.join(', ')}.` : 'It has no variables.',
  );
}

function macroError(lineNumber: number, message: string): AxialError {
  return new AxialError(
    'UsageError',
    `Line ${lineNumber} of the macro: ${message}`,
    'Correct the line; "axial commands" lists the commands and their parameters.',
    { details: { line: lineNumber } },
  );
}

/** Reads one line from left to right. */
class Scanner {
  private rest: string;

  constructor(
    line: string,
    private readonly lineNumber: number,
    private readonly lets: ReadonlyMap<string, string>,
  ) {
    this.rest = line.trim();
  }

  atEnd(): boolean {
    this.rest = this.rest.trimStart();
    return this.rest === '' || this.rest.startsWith('#');
  }

  end(): void {
    if (!this.atEnd()) this.fail(`"${this.rest}" is not expected here.`);
  }

  fail(message: string): never {
    throw macroError(this.lineNumber, message);
  }

  keyword(word: string): boolean {
    if (!new RegExp(`^${word}\\s`).test(this.rest)) return false;
    this.rest = this.rest.slice(word.length);
    return true;
  }

  name(what: string): string {
    return this.match(NAME) ?? this.fail(`Expected ${what} at "${this.rest}".`);
  }

  expect(symbol: string): void {
    if (!this.take(symbol)) this.fail(`Expected "${symbol}" at "${this.rest}".`);
  }

  /** [output {, output} =] command(input {, input} {, name=value}) */
  call(): CommandCall {
    const outputs: string[] = [];
    let command = this.match(COMMAND);
    if (command === null) {
      do outputs.push(this.name('the name of a result'));
      while (this.take(','));
      this.expect('=');
      command = this.match(COMMAND) ?? this.fail(`Expected a command at "${this.rest}".`);
    }
    const inputs: string[] = [];
    const params: { [name: string]: MacroValue } = {};
    this.expect('(');
    if (!this.take(')')) {
      do this.argument(inputs, params);
      while (this.take(','));
      this.expect(')');
    }
    this.end();
    return { command, inputs, outputs, params };
  }

  private argument(inputs: string[], params: { [name: string]: MacroValue }): void {
    const name = this.name('an input or a parameter');
    if (!this.take('=')) {
      inputs.push(name);
      return;
    }
    if (Object.hasOwn(params, name)) this.fail(`The parameter "${name}" is given twice.`);
    params[name] = this.value();
  }

  value(): MacroValue {
    this.rest = this.rest.trimStart();
    const length = valueLength(this.rest);
    const source = this.rest.slice(0, length);
    this.rest = this.rest.slice(length);
    try {
      return JSON.parse(this.interpolate(source)) as MacroValue;
    } catch (error) {
      if (error instanceof AxialError) throw error;
      return this.fail(`"${source}" is not a value; texts stand in double quotes.`);
    }
  }

  private interpolate(source: string): string {
    return source.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      const value = this.lets.get(name);
      if (value === undefined) this.fail(`There is no variable "${name}".`);
      return JSON.stringify(value).slice(1, -1);
    });
  }

  private match(pattern: RegExp): string | null {
    this.rest = this.rest.trimStart();
    const found = pattern.exec(this.rest);
    if (!found) return null;
    this.rest = this.rest.slice(found[0].length);
    return found[0];
  }

  private take(symbol: string): boolean {
    this.rest = this.rest.trimStart();
    if (!this.rest.startsWith(symbol)) return false;
    this.rest = this.rest.slice(symbol.length);
    return true;
  }
}

/** Length of the JSON value at the start of `text`: up to the first comma or bracket outside strings and nesting. */
function valueLength(text: string): number {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const symbol = text[i];
    if (inString) {
      if (symbol === '\\') i++;
      else if (symbol === '"') inString = false;
    } else if (symbol === '"') inString = true;
    else if (symbol === '[' || symbol === '{') depth++;
    else if ((symbol === ']' || symbol === '}') && depth > 0) depth--;
    else if (depth === 0 && (symbol === ',' || symbol === ')' || symbol === '#')) {
      return i;
    }
  }
  return text.length;
}
