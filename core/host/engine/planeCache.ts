import type { PixelArray } from '#core/image/PixelType';

/** Planes by key, the least recently used leaving first when the budget is spent. */
export interface PlaneCache {
  /** The cached plane, or the one that `compute` gives; concurrent calls share one computation. */
  get(key: string, compute: () => Promise<PixelArray>): Promise<PixelArray>;
  has(key: string): boolean;
  /** Forgets every plane whose key starts with `prefix`. */
  drop(prefix: string): void;
  readonly usedBytes: number;
  readonly budgetBytes: number;
}

/** A cache that holds at most `budgetBytes`; a single plane larger than that is handed through. */
export function planeCache(budgetBytes: number): PlaneCache {
  const planes = new Map<string, PixelArray>();
  const running = new Map<string, Promise<PixelArray>>();
  let usedBytes = 0;

  const remove = (key: string): void => {
    usedBytes -= planes.get(key)?.byteLength ?? 0;
    planes.delete(key);
  };
  const store = (key: string, pixels: PixelArray): void => {
    if (pixels.byteLength > budgetBytes) return;
    for (const oldest of planes.keys()) {
      if (usedBytes + pixels.byteLength <= budgetBytes) break;
      remove(oldest);
    }
    planes.set(key, pixels);
    usedBytes += pixels.byteLength;
  };

  return {
    get(key, compute) {
      const cached = planes.get(key);
      if (cached) {
        // Re-inserting moves the plane to the young end.
        planes.delete(key);
        planes.set(key, cached);
        return Promise.resolve(cached);
      }
      let computation = running.get(key);
      if (!computation) {
        computation = compute()
          .then((pixels) => {
            store(key, pixels);
            return pixels;
          })
          .finally(() => running.delete(key));
        running.set(key, computation);
      }
      return computation;
    },
    has: (key) => planes.has(key),
    drop(prefix) {
      for (const key of [...planes.keys()]) if (key.startsWith(prefix)) remove(key);
    },
    get usedBytes() {
      return usedBytes;
    },
    budgetBytes,
  };
}
