import type { PixelArray } from './PixelType';

/** Which plane: time point, channel, depth; each counts from 0. */
export interface PlaneIndex {
  readonly t: number;
  readonly c: number;
  readonly z: number;
}

/** A rectangle of whole pixels, in pixels of the level that is read. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much of a plane is read, and how finely. */
export interface PlaneReadOptions {
  /** @default the whole plane */
  readonly region?: Region;
  /** Resolution level; 0 is the full one. @default 0 */
  readonly level?: number;
  /** Whether the array may stay the source's own, because the caller only looks at it. @default false */
  readonly lend?: boolean;
  readonly signal?: AbortSignal;
}

/** Size of one resolution level in pixels. */
export interface LevelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Where pixels come from: a file, memory, or a computation that runs when somebody asks.
 * A plane read twice gives the same values; the array belongs to the caller, unless he asked
 * to be lent one.
 */
export interface PlaneSource {
  /** Full resolution first; at least one entry. */
  readonly levels: readonly LevelSize[];
  /** Samples of a plane or region, row-major (y, x), in the pixel type of the stack. */
  read(index: PlaneIndex, options?: PlaneReadOptions): Promise<PixelArray>;
  /** Gives files and memory back; reading afterwards is a bug. */
  close(): Promise<void>;
}
