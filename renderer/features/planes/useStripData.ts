import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { DocumentSummary } from '#core/command/engineApi';
import { useDocuments } from '#renderer/stores/documents';
import { useEngine } from '#renderer/stores/engine';
import { walkedAxis } from '#renderer/stores/walkedAxis';
import { thumbnail, thumbnailPlanes, type Thumbnail } from './thumbnail';

/** Reading a stack from end to end for one curve is no small thing above this size. */
const MAX_SHARPNESS_BYTES = 1.5e9;
const THUMBNAIL_HEIGHT_PX = 62;

function stackBytes({ shape, pixelType }: DocumentSummary): number {
  const bytes = pixelType === 'float32' ? 4 : pixelType === 'uint16' ? 2 : 1;
  return shape.z * shape.y * shape.x * bytes;
}

/** How sharp a plane is says something along the depth, and nothing over time. */
function isDeep(summary: DocumentSummary): boolean {
  return walkedAxis(summary).name === 'z';
}

/** A strip without pictures is still a strip: what fails here is told by the pane itself. */
function quietly(work: Promise<void>): Promise<void> {
  return work.catch(() => undefined);
}

/** What the strip shows besides its markers. */
interface StripData {
  readonly thumbnails: ShallowRef<readonly (Thumbnail | null)[]>;
  readonly sharpness: ShallowRef<readonly number[] | null>;
  readonly tooLarge: Ref<boolean>;
  readonly computeSharpness: () => void;
}

/** Thumbnails and sharpness curve of a stack, fetched while nothing more urgent is. */
export function useStripData(document: Ref<DocumentSummary | null>, count: Ref<number>): StripData {
  const documents = useDocuments();
  const engine = useEngine();
  const thumbnails = shallowRef<readonly (Thumbnail | null)[]>([]);
  const sharpness = shallowRef<readonly number[] | null>(null);
  const tooLarge = ref(false);
  let controller = new AbortController();

  async function loadThumbnails(summary: DocumentSummary, signal: AbortSignal): Promise<void> {
    const { name, count: planeCount } = walkedAxis(summary);
    const planes = thumbnailPlanes(planeCount, count.value);
    thumbnails.value = planes.map(() => null);
    const level = summary.levels.length - 1;
    const first = { document: summary.id, t: 0, c: 0, z: 0, level };
    for (const [place, at] of planes.entries()) {
      const plane = await documents.readPlane({ ...first, [name]: at }, signal);
      if (signal.aborted) return;
      thumbnails.value = thumbnails.value.with(place, thumbnail(plane, THUMBNAIL_HEIGHT_PX));
    }
  }

  async function loadSharpness(summary: DocumentSummary, signal: AbortSignal): Promise<void> {
    const values = await engine.api().sharpness(summary.id, { t: 0, c: 0 }, { signal });
    if (!signal.aborted) sharpness.value = values;
  }

  function computeSharpness(): void {
    if (document.value) void quietly(loadSharpness(document.value, controller.signal));
  }

  async function load(summary: DocumentSummary, signal: AbortSignal): Promise<void> {
    await quietly(loadThumbnails(summary, signal));
    if (!signal.aborted && !tooLarge.value && isDeep(summary))
      await quietly(loadSharpness(summary, signal));
  }

  watch(
    // A result's planes are fetched when all are there: asking earlier would compute them twice.
    () => {
      const summary = document.value;
      const ready = summary !== null && summary.readyPlanes >= walkedAxis(summary).count;
      return `${summary?.id} ${ready} ${count.value} ${engine.client !== null}`;
    },
    () => {
      controller.abort();
      controller = new AbortController();
      thumbnails.value = [];
      sharpness.value = null;
      const summary = document.value;
      if (!summary || walkedAxis(summary).count < 2 || count.value < 1 || !engine.client) return;
      tooLarge.value = stackBytes(summary) > MAX_SHARPNESS_BYTES;
      if (summary.readyPlanes >= walkedAxis(summary).count) void load(summary, controller.signal);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    controller.abort();
  });
  return { thumbnails, sharpness, tooLarge, computeSharpness };
}
