/** A parameter value as a macro can write it. */
export type MacroValue =
  string | number | boolean | null | readonly MacroValue[] | { readonly [key: string]: MacroValue };

/**
 * One command call. `inputs` and `outputs` are variable names that link the calls of one history:
 * `outputs` are bound by this call, `inputs` were bound by an earlier one.
 */
export interface CommandCall {
  readonly command: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly params: { readonly [name: string]: MacroValue };
}

/** The calls that made a stack, oldest first; `result` is the variable that holds the stack. */
export interface History {
  readonly calls: readonly CommandCall[];
  readonly result: string | null;
}

/** The history of a stack that no command made. */
export const EMPTY_HISTORY: History = { calls: [], result: null };
