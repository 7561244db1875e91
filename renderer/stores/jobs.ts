import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Progress } from '#core/command/CommandContext';
import type { ExecuteRequest, ExecuteResult } from '#core/command/engineApi';
import { isAxialError } from '#core/util/errors';
import { useEngine } from './engine';
import { useMessages } from './messages';

export interface Job {
  readonly id: number;
  readonly title: string;
  readonly command: string;
  readonly startedMs: number;
  readonly cancelling: boolean;
  readonly progress: Progress;
}

export type JobOutcome =
  | { readonly kind: 'done'; readonly result: ExecuteResult }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'cancelled' };

function titleOf(id: string, commands: ReadonlyMap<string, { readonly title: string }>): string {
  return (commands.get(id)?.title ?? id).replace('…', '');
}

/** Commands that run, with their progress. Nothing here blocks the window. */
export const useJobs = defineStore('jobs', () => {
  const engine = useEngine();
  const messages = useMessages();
  const all = ref<Job[]>([]);
  const controllers = new Map<number, AbortController>();
  let lastId = 0;

  const running = computed(() => all.value.length > 0);

  function change(id: number, fields: Partial<Job>): void {
    all.value = all.value.map((job) => (job.id === id ? { ...job, ...fields } : job));
  }

  /**
   * Runs a command and waits for its end. A failure is shown at `scope` and returned.
   *
   * @param quiet a short question whose progress nobody needs to see
   */
  async function run(
    request: ExecuteRequest,
    options: { title?: string; scope?: string | null; quiet?: boolean } = {},
  ): Promise<JobOutcome> {
    const id = ++lastId;
    const controller = new AbortController();
    const title = options.title ?? titleOf(request.command, engine.commandById);
    controllers.set(id, controller);
    if (!options.quiet) {
      const progress = { fraction: null, step: title };
      const startedMs = performance.now();
      const { command } = request;
      all.value = [...all.value, { id, title, command, startedMs, cancelling: false, progress }];
    }
    try {
      const result = await engine.api().execute(request, {
        signal: controller.signal,
        onProgress: (progress) => {
          change(id, { progress });
        },
      });
      // What is said about a result stands beside it.
      const [made] = Object.values(result.documents);
      for (const note of result.notes) messages.notice(note, made?.id ?? options.scope ?? null);
      return { kind: 'done', result };
    } catch (error) {
      if (isAxialError(error, 'CancelledError')) return { kind: 'cancelled' };
      messages.fail(error, options.scope ?? null);
      return { kind: 'failed', error };
    } finally {
      controllers.delete(id);
      all.value = all.value.filter((job) => job.id !== id);
    }
  }

  function cancel(id: number): void {
    change(id, { cancelling: true });
    controllers.get(id)?.abort();
  }

  return { all, running, run, cancel };
});
