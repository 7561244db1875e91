import type { EngineCallOptions } from '#core/command/engineApi';
import type { ImageStack } from '#core/image/ImageStack';
import { bytesPerSample } from '#core/image/PixelType';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { planeCount, type Document } from './documents';

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
  const indices = planeIndices(stack);
  const worker = async (): Promise<void> => {
    for (let index = indices.next(); !index.done; index = indices.next()) {
      options.signal?.throwIfAborted();
      await stack.source.read(index.value, { signal: options.signal });
      document.readyPlanes++;
      options.onPlane(index.value);
      options.onProgress?.({
        fraction: document.readyPlanes / total,
        step: `${options.what}: plane ${document.readyPlanes} of ${total}`,
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, worker));
}

/** All planes, t slowest, then c, then z. */
function* planeIndices({ shape }: ImageStack): Generator<PlaneIndex, undefined> {
  for (let t = 0; t < shape.t; t++)
    for (let c = 0; c < shape.c; c++) for (let z = 0; z < shape.z; z++) yield { t, c, z };
}
