import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { describeFailure } from './describeFailure';

/** One strip: what happened, what to do, and what lies beneath. */
export interface Message {
  readonly id: number;
  /** Document or tab that it concerns; `null` for the whole window. */
  readonly scope: string | null;
  readonly kind: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly remedy: string;
  readonly details: string | null;
  /** What helps at once. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What the user should read, at the top of the pane that it concerns. */
export const useMessages = defineStore('messages', () => {
  const all = ref<Message[]>([]);
  let lastId = 0;

  function add(message: Omit<Message, 'id'>): void {
    // One fault, one message: the same words again replace the earlier ones.
    const others = all.value.filter(
      ({ title, scope }) => title !== message.title || scope !== message.scope,
    );
    all.value = [...others, { ...message, id: ++lastId }];
  }

  function fail(error: unknown, scope: string | null = null): void {
    const failure = describeFailure(error);
    if (failure !== null) add({ ...failure, scope, kind: 'error' });
  }

  function notice(title: string, scope: string | null = null, remedy = ''): void {
    add({ kind: 'notice', scope, title, remedy, details: null });
  }

  function dismiss(id: number): void {
    all.value = all.value.filter((message) => message.id !== id);
  }

  const forScope = computed(
    () => (scope: string | null) =>
      all.value.filter((message) => message.scope === null || message.scope === scope),
  );

  return { all, forScope, add, fail, notice, dismiss };
});
