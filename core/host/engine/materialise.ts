import type { EngineCallOptions } from '#core/command/engineApi';
import { forEachPlane } from '#core/command/steps/forEachPlane';
import { bytesPerSample } from '#core/image/PixelType';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { planeCount, type Document } from './documents';

/** How far ahead is computed, and who is told. */
export interface MaterialiseOptions extends EngineCallOptions {
  /** A stack larger than this stays lazy: its planes are computed when they are looked at. */
  readonly budgetBytes: number;
  /** How many planes are computed at the same time. */
  readonly concurrency: number;
  /** What the progress line calls the work. */
  readonly what: string;
  readonly onPlane: (index: PlaneIndex) => void;
}

/** Computes the planes of a result into the cache, in order, telling of each. */
export async function materialise(document: Document, options: MaterialiseOptions): Promise<void> {
  const { stack } = document;
  const total = planeCount(stack);
  const bytes = total * stack.shape.x * stack.shape.y * bytesPerSample(stack.pixelType);
  if (bytes > options.budgetBytes) return;
  await forEachPlane(stack, options.concurrency, async (index) => {
    options.signal?.throwIfAborted();
    await stack.source.read(index, { signal: options.signal });
    document.readyPlanes++;
    options.onPlane(index);
    options.onProgress?.({
      fraction: document.readyPlanes / total,
      step: `${options.what}: plane ${document.readyPlanes} of ${total}`,
    });
  });
}
