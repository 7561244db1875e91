import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  DocumentSummary,
  EngineEvent,
  PlanePixels,
  PlaneRequest,
} from '#core/command/engineApi';
import { PlaneCache } from '#renderer/platform/PlaneCache';
import { useEngine } from './engine';

const CACHE_BYTES = 384 * 1024 ** 2;

/** The open images. Pixels stay outside reactive state, in one cache. */
export const useDocuments = defineStore('documents', () => {
  const engine = useEngine();
  const all = shallowRef<readonly DocumentSummary[]>([]);
  /** Counts what became ready per document, so that views ask again. */
  const revisions = ref<Record<string, number>>({});
  const newest = ref<string | null>(null);
  const cache = new PlaneCache(CACHE_BYTES);

  const byId = computed(
    () => new Map(all.value.map((document) => [document.id, document] as const)),
  );
  const unsaved = computed(() => all.value.filter((document) => document.unsaved));

  function accept(documents: readonly DocumentSummary[]): void {
    const known = byId.value;
    const added = documents.find(({ id }) => !known.has(id));
    for (const { id } of all.value) {
      if (!documents.some((document) => document.id === id)) cache.forget(id);
    }
    all.value = documents;
    if (added) newest.value = added.id;
  }

  function hear(event: EngineEvent): void {
    if (event.kind === 'documentsChanged') accept(event.documents);
    if (event.kind !== 'planeReady') return;
    const { document } = event;
    revisions.value[document] = (revisions.value[document] ?? 0) + 1;
  }
  engine.onEvent(hear);

  function peekPlane(request: PlaneRequest): PlanePixels | null {
    return cache.peek(request);
  }

  function readPlane(request: PlaneRequest, signal?: AbortSignal): Promise<PlanePixels> {
    return cache.get(engine.api(), request, signal);
  }

  /** The engine is another one: its documents are gone. */
  function forgetAll(): void {
    cache.clear();
    all.value = [];
    revisions.value = {};
    newest.value = null;
  }

  async function close(id: string): Promise<void> {
    await engine.api().closeDocument(id);
  }

  return { all, byId, unsaved, newest, revisions, accept, peekPlane, readPlane, forgetAll, close };
});
