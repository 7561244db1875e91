import type { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import type { MacroValue } from '#core/image/History';
import type { CommandContext } from './CommandContext';

/** A stack that a command works on. */
export interface CommandInput {
  readonly name: string;
  readonly title: string;
  /** Set on an input that may be left out; the command line names it with this long option. */
  readonly flag?: string;
}

/** Something that a command makes. The first stack output is its main result. */
export interface CommandOutput {
  readonly name: string;
  readonly title: string;
  readonly kind: 'stack' | 'json' | 'csv' | 'html';
  /** Command-line option that names its file: "o" for -o, otherwise a long option. */
  readonly flag: string;
  /** Whether the command line may leave it out. @default false */
  readonly optional?: boolean;
}

/** What a command returns: outputs by name, and figures for whoever asked. */
export interface CommandResult {
  readonly stacks?: { readonly [output: string]: ImageStack };
  readonly texts?: { readonly [output: string]: string };
  /** The figures of the run, JSON-serialisable; `--json` prints it, the window shows it. */
  readonly report?: { readonly [key: string]: MacroValue };
  /** Parameters that the command chose itself, such as the model when none was named; the history states them. */
  readonly chosen?: { readonly [param: string]: MacroValue };
  /** Lines that say the same to a person. */
  readonly lines?: readonly string[];
  /** Set by a command that checks something; `false` ends the command line with exit code 4. */
  readonly passed?: boolean;
}

/** One thing that a user can do. Menu, dialog, command line, macro, history and manual derive from it. */
export interface CommandDefinition<P extends z.ZodObject = z.ZodObject> {
  /** Dotted and stable: macros and histories refer to it. */
  readonly id: string;
  /** Menu text; an ellipsis means that a dialog comes first. */
  readonly title: string;
  /** One sentence for help, palette and manual. */
  readonly summary: string;
  /** Menu path, top level first; empty for a command without a menu entry. */
  readonly menu: readonly string[];
  /** Electron accelerator, such as "CmdOrCtrl+O" or "Shift+C". */
  readonly accelerator?: string;
  /** Command-line verb, or `null` when it makes no sense there. */
  readonly verb: string | null;
  readonly inputs: readonly CommandInput[];
  readonly outputs: readonly CommandOutput[];
  readonly params: P;
  /** Whether the result takes the place of the first input, whose samples it keeps. @default false */
  readonly inPlace?: boolean;
  /**
   * How the window can show on the picture what a call would make, before it is made: as a mask over
   * it, or in its place. For commands whose first output has the planes of its input.
   */
  readonly preview?: 'mask' | 'plane';
  /**
   * About how much of the whole work `run` does and tells of, 0 to 1; the rest is done when the planes
   * of the result are read and saved. Progress and time left go by it. @default 1
   */
  readonly runShare?: number;
  /** Whether a call changes files or documents and so belongs in a macro. @default true */
  readonly recorded?: boolean;
  run(
    context: CommandContext,
    inputs: { readonly [name: string]: ImageStack },
    params: z.infer<P>,
  ): Promise<CommandResult>;
}

/** Declares a command; the parameters of `run` are typed by its schema. */
export function defineCommand<P extends z.ZodObject>(
  definition: CommandDefinition<P>,
): CommandDefinition {
  // The registry holds commands of all schemas; `runCommand` parses parameters with this very schema before `run`.
  return definition as unknown as CommandDefinition;
}
