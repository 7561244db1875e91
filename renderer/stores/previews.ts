import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { z } from 'zod';
import type { Progress } from '#core/command/CommandContext';
import type { EngineApi, EngineCallOptions, ExecuteRequest } from '#core/command/engineApi';
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
  /** One for each channel of each time point, where the command found thresholds. */
  readonly thresholds: readonly number[];
}

type Request = Omit<ExecuteRequest, 'preview'>;

const found = z.object({ channels: z.array(z.object({ threshold: z.number() })) });

function thresholdsOf(report: { readonly [key: string]: MacroValue }): number[] {
  const parsed = found.safeParse(report);
  return parsed.success ? parsed.data.channels.map(({ threshold }) => threshold) : [];
}

/** When the engine has died meanwhile there is nothing left to close. */
function closeQuietly(engine: EngineApi, id: string): void {
  void engine.closeDocument(id).catch(() => undefined);
}

/** Asks the engine for the preview; only the main result is looked at. */
async function make(
  engine: EngineApi,
  request: Request,
  about: Pick<Preview, 'source' | 'kind'>,
  options: EngineCallOptions,
): Promise<Preview | null> {
  const { documents, lines, report } = await engine.execute({ ...request, preview: true }, options);
  const [made, ...others] = Object.values(documents);
  for (const { id } of others) closeQuietly(engine, id);
  return made ? { ...about, document: made.id, lines, thresholds: thresholdsOf(report) } : null;
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
    const before = current.value;
    current.value = next;
    if (before && engine.client) closeQuietly(engine.api(), before.document);
  }

  function stop(): void {
    clearTimeout(timer);
    controller.abort();
    controller = new AbortController();
    progress.value = null;
    problem.value = null;
  }

  async function run(
    request: Request,
    about: Pick<Preview, 'source' | 'kind'>,
    signal: AbortSignal,
  ): Promise<void> {
    const onProgress = (now: Progress): void => {
      if (!signal.aborted) progress.value = now;
    };
    try {
      const made = await make(engine.api(), request, about, { signal, onProgress });
      if (!signal.aborted) put(made);
      else if (made) closeQuietly(engine.api(), made.document);
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
  function show(request: Request, about: Pick<Preview, 'source' | 'kind'>): void {
    stop();
    const { signal } = controller;
    timer = window.setTimeout(() => void run(request, about, signal), QUIET_MS);
  }

  function clear(): void {
    stop();
    if (current.value) put(null);
  }

  return { current, progress, problem, show, clear };
});
