import type { EngineApi, PlanePixels, PlaneRequest } from '#core/command/engineApi';

function keyOf({ document, t, c, z, level }: PlaneRequest): string {
  return `${document}|${t}|${c}|${z}|${level ?? 0}`;
}

/** Planes that were fetched, the least recently used dropped first when they exceed `budgetBytes`. */
export class PlaneCache {
  private readonly planes = new Map<string, PlanePixels>();
  private bytes = 0;

  constructor(private readonly budgetBytes: number) {}

  /** The plane when it is here. */
  peek(request: PlaneRequest): PlanePixels | null {
    const key = keyOf(request);
    const plane = this.planes.get(key);
    if (!plane) return null;
    this.planes.delete(key);
    this.planes.set(key, plane);
    return plane;
  }

  /** The plane from here, otherwise from the engine. */
  async get(engine: EngineApi, request: PlaneRequest, signal?: AbortSignal): Promise<PlanePixels> {
    const here = this.peek(request);
    if (here) return here;
    const plane = await engine.readPlane(request, signal ? { signal } : {});
    this.put(keyOf(request), plane);
    return plane;
  }

  /** Forgets the planes of a document, or only one that was computed anew. */
  forget(
    document: string,
    index?: { readonly t: number; readonly c: number; readonly z: number },
  ): void {
    const prefix = index ? `${document}|${index.t}|${index.c}|${index.z}|` : `${document}|`;
    for (const key of [...this.planes.keys()]) {
      if (key.startsWith(prefix)) this.drop(key);
    }
  }

  clear(): void {
    this.planes.clear();
    this.bytes = 0;
  }

  private put(key: string, plane: PlanePixels): void {
    this.drop(key);
    this.planes.set(key, plane);
    this.bytes += plane.pixels.byteLength;
    for (const oldest of this.planes.keys()) {
      if (this.bytes <= this.budgetBytes || oldest === key) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const plane = this.planes.get(key);
    if (!plane) return;
    this.planes.delete(key);
    this.bytes -= plane.pixels.byteLength;
  }
}
