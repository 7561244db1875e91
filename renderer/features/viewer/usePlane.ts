import { shallowRef, ref, watch, onScopeDispose, type Ref, type ShallowRef } from 'vue';
import type { PlanePixels, PlaneRequest } from '#core/command/engineApi';
import { isAxialError } from '#core/util/errors';
import { useDocuments } from '#renderer/stores/documents';
import { useEngine } from '#renderer/stores/engine';
import { useMessages } from '#renderer/stores/messages';

/** A plane together with what was asked for. */
export interface ShownPlane {
  readonly request: PlaneRequest;
  readonly plane: PlanePixels;
}

/**
 * The plane that `request` names. While it is on its way the last one stays, so that scrubbing
 * never flickers; only the newest question is kept alive.
 */
export function usePlane(request: Ref<PlaneRequest | null>): {
  readonly shown: ShallowRef<ShownPlane | null>;
  readonly loading: Ref<boolean>;
} {
  const documents = useDocuments();
  const engine = useEngine();
  const messages = useMessages();
  const shown = shallowRef<ShownPlane | null>(null);
  const loading = ref(false);
  let controller = new AbortController();

  async function load(wanted: PlaneRequest, signal: AbortSignal): Promise<void> {
    try {
      const plane = await documents.readPlane(wanted, signal);
      if (!signal.aborted) shown.value = { request: wanted, plane };
    } catch (error) {
      const gone = !documents.byId.has(wanted.document) || !engine.client;
      if (!signal.aborted && !gone && !isAxialError(error, 'CancelledError')) {
        messages.fail(error, wanted.document);
      }
    } finally {
      if (!signal.aborted) loading.value = false;
    }
  }

  watch(
    [request, () => engine.client],
    ([wanted]) => {
      controller.abort();
      controller = new AbortController();
      if (!wanted || !engine.client) return;
      const plane = documents.peekPlane(wanted);
      if (plane) {
        shown.value = { request: wanted, plane };
        loading.value = false;
        return;
      }
      loading.value = true;
      void load(wanted, controller.signal);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    controller.abort();
  });
  return { shown, loading };
}
