import { AxialError, cancelledError } from '#core/util/errors';
import { allFinite } from '#core/util/allFinite';
import { readAhead } from '#core/util/readAhead';
import type { ImageSize } from '#core/image/halved';
import type { StoredPlane } from './StoredPlane';

/** Planes that follow each other along z; only to be looked at. */
export interface PlaneBatch {
  readonly planes: readonly StoredPlane[];
  /** Number of the first plane, from 0. */
  readonly z: number;
}

/** What a pass does. */
export interface PassOptions<T> {
  /** Part of the whole fusion that the pass takes, 0 to 1, for progress. */
  readonly share: number;
  /** Which planes; @default all. Only then the planes of a batch follow each other. */
  readonly planes?: readonly number[];
  /** What the work on a batch holds besides its planes, in bytes for each pixel of a plane. @default 16 */
  readonly workBytes?: number;
  /** Works on a batch by itself; several may be in the making at one time. */
  readonly work: (batch: PlaneBatch) => T | Promise<T>;
  /** Takes what was made, in the order of the planes, while later batches are in the making. */
  readonly take: (made: T, z: number) => void | Promise<void>;
}

/** Goes through the planes of a stack again and again, holding a few of them. */
export interface PlanePasses {
  readonly width: number;
  readonly height: number;
  readonly planeCount: number;
  /** Works that make progress at one time. */
  readonly threads: number;
  /** One pass. */
  each<T>(options: PassOptions<T>): Promise<void>;
  /** Work between the passes, which takes a part `share` of the fusion. */
  pause<T>(share: number, work: () => T | Promise<T>): Promise<T>;
}

/** Where planes come from, and who wants to know. */
export interface PassesOptions {
  readonly planeCount: number;
  readonly readPlane: (z: number) => Promise<StoredPlane>;
  /** Batches in the making at one time: one more than there are threads, so that planes are read meanwhile. */
  readonly ahead: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** Most planes in a batch. */
const MOST_PLANES = 8;
/** A batch of more bytes than this is made of fewer planes, at least one. */
const BATCH_BYTES = 2 ** 24;
/** Batches in the making hold no more than this, but for one. */
const AHEAD_BYTES = 3 * 2 ** 27;

/**
 * Prepares passes over planes; the first one is read to learn their size.
 *
 * @throws AxialError CancelledError when the signal fires; ImpossibleRequestError from a pass that
 * meets a plane of another size or, the first time, a value that is not finite
 */
export async function planePasses(options: PassesOptions): Promise<PlanePasses> {
  const { planeCount, readPlane, signal, onProgress } = options;
  throwIfCancelled(signal);
  const first = await readPlane(0);
  const { width, height } = first;
  let held: StoredPlane | null = first;
  const unchecked = new Set(Array.from({ length: planeCount }, (_, z) => z));
  const read = async (z: number): Promise<StoredPlane> => {
    throwIfCancelled(signal);
    const plane = z === 0 && held ? held : await readPlane(z);
    held = null;
    if (unchecked.delete(z)) requireUsable(plane, { width, height }, z);
    return plane;
  };
  let begun = 0;
  const tell = (share: number, part: number): void =>
    onProgress?.(Math.min(begun + share * part, 1));
  const threads = Math.max(1, options.ahead - 1);
  return {
    width,
    height,
    planeCount,
    threads,
    async each({ share, planes, workBytes = 16, work, take }) {
      const numbers = planes ?? Array.from({ length: planeCount }, (_, z) => z);
      const planeBytes = 4 * width * height;
      const most = Math.max(1, Math.min(MOST_PLANES, Math.floor(BATCH_BYTES / planeBytes)));
      const size = evenBatch(numbers.length, most, threads);
      const bytes = size * planeBytes + workBytes * width * height;
      const ahead = Math.min(options.ahead, Math.floor(AHEAD_BYTES / bytes));
      const count = Math.ceil(numbers.length / size);
      const make = async (index: number) => {
        const chosen = numbers.slice(index * size, (index + 1) * size);
        const batchPlanes: StoredPlane[] = [];
        for (const z of chosen) batchPlanes.push(await read(z));
        return {
          made: await work({ planes: batchPlanes, z: chosen[0] }),
          chosen,
        };
      };
      let done = 0;
      tell(0, 0);
      for await (const { made, chosen } of readAhead(count, ahead, make)) {
        throwIfCancelled(signal);
        await take(made, chosen[0]);
        done += chosen.length;
        tell(share, done / numbers.length);
      }
      begun += share;
    },
    async pause(share, work) {
      throwIfCancelled(signal);
      const made = await work();
      begun += share;
      tell(0, 0);
      return made;
    },
  };
}

/** Planes of a batch, at most `most`, so that every thread gets as many batches as the others. */
function evenBatch(planeCount: number, most: number, threads: number): number {
  const turns = Math.ceil(planeCount / (most * threads));
  return Math.ceil(planeCount / (turns * threads));
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError(signal.reason);
}

function requireUsable({ width, height, data }: StoredPlane, size: ImageSize, z: number): void {
  if (width !== size.width || height !== size.height || data.length !== width * height) {
    throw new AxialError(
      'ImpossibleRequestError',
      `Plane ${z} has ${width} x ${height} pixels, the others ${size.width} x ${size.height}.`,
      'Use planes of one size.',
      { details: { plane: z } },
    );
  }
  if (!(data instanceof Float32Array) || allFinite(data)) return;
  const i = data.findIndex((value) => !Number.isFinite(value));
  const [x, y] = [i % width, Math.floor(i / width)];
  throw new AxialError(
    'ImpossibleRequestError',
    `Plane ${z} holds a value that is not a finite number, at x = ${x}, y = ${y}.`,
    'Replace NaN and infinite values before the fusion.',
    { details: { plane: z, x, y } },
  );
}
