import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CommandDescriptor } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';

/** What a generated dialog is about, and what happens on OK. */
export interface CommandQuestion {
  readonly command: CommandDescriptor;
  readonly inputs: { readonly [name: string]: string };
  readonly params: { readonly [name: string]: MacroValue };
  readonly accept: (
    inputs: { readonly [name: string]: string },
    params: { readonly [name: string]: MacroValue },
  ) => void;
}

/** Text that answers a command: information, a list, a recorded macro. */
export interface Sheet {
  readonly title: string;
  readonly lines: readonly string[];
  /** A page that can be saved, such as a report. */
  readonly html: string | null;
}

/** A choice before something is lost. */
export interface Confirmation {
  readonly title: string;
  readonly lines: readonly string[];
  readonly discard: string;
  readonly onDiscard: () => void;
}

/** The one dialog that is open, if any. */
export const useDialogs = defineStore('dialogs', () => {
  const question = shallowRef<CommandQuestion | null>(null);
  const sheet = shallowRef<Sheet | null>(null);
  const confirmation = shallowRef<Confirmation | null>(null);
  const palette = shallowRef(false);
  return { question, sheet, confirmation, palette };
});
