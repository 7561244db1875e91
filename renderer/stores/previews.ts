import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Progress } from '#core/command/CommandContext';
import type { ExecuteRequest } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';
import { isAxialError } from '#core/util/errors';
import { describeFailure } from './describeFailure';
import { useEngine } from './engine';

/** What a command would make, to be looked at before it is made. */
export interface Preview {
  /** The document that it is shown on, and the hidden one that it is read from. */
  readonly source: string;
  readonly document: string;
  readonly kind: 'mask' | 'plane';
  readonly lines: readonly string[];
  readonly report: { readonly [key: string]: MacroValue };
}

/** Typing asks for nothing while it goes on. */
const QUIET_MS = 200;

/** The one preview on the picture, while its dialog is open. */
export const usePreviews = defineStore('previews', () => {
  const engine = useEngine();
  const current = shallowRef<Preview | null>(null);
  const progress = ref<Progress | null>(null);
  const problem = ref<string | null>(null);
  let controller = new AbortController();
  let timer = 0;

  function put(next: Preview | null): void {
    const hidden = [current.value?.document].filter((id) => id !== undefined);
    current.value = next;
    // When the engine has died meanwhile there is nothing left to close.
    for (const id of hidden)
      void engine
        .api()
        .closeDocument(id)
        .catch(() => undefined);
  }

  function stop(): void {
    clearTimeout(timer);
    controller.abort();
    controller = new AbortController();
    progress.value = null;
    problem.value = null;
  }

  async function make(
    request: Omit<ExecuteRequest, 'preview'>,
    source: string,
    kind: Preview['kind'],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const { documents, lines, report } = await engine.api().execute(
        { ...request, preview: true },
        {
          signal,
          onProgress: (now) => {
            if (!signal.aborted) progress.value = now;
          },
        },
      );
      const [made, ...others] = Object.values(documents);
      for (const { id } of others) await engine.api().closeDocument(id);
      if (!made) return;
      if (signal.aborted) await engine.api().closeDocument(made.id);
      else put({ source, document: made.id, kind, lines, report });
    } catch (error) {
      if (signal.aborted || isAxialError(error, 'CancelledError')) return;
      const failure = describeFailure(error);
      problem.value = failure && `${failure.title} ${failure.remedy}`;
      put(null);
    } finally {
      if (!signal.aborted) progress.value = null;
    }
  }

  /** Shows what a call would make, when nobody has asked for another for a moment. */
  function show(
    request: Omit<ExecuteRequest, 'preview'>,
    source: string,
    kind: Preview['kind'],
  ): void {
    stop();
    const { signal } = controller;
    timer = window.setTimeout(() => void make(request, source, kind, signal), QUIET_MS);
  }

  function clear(): void {
    stop();
    if (current.value) put(null);
  }

  return { current, progress, problem, show, clear };
});
