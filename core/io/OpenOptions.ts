import type { History } from '#core/image/History';
import type { ByteSource } from './ByteSource';

/** What the opener of an image may be told; all of it has a sensible default. */
export interface OpenOptions {
  /**
   * Opens the planes that can be read when a file is cut off or lacks members of its set.
   * @default false: such a file is an error that says how much could be read
   */
  readonly readablePart?: boolean;
  /**
   * Axes of the pages of a plain TIFF, slowest first, of the letters t, c and z: "tz", "zc".
   * Descriptions inside the file are then ignored.
   * @default what the file says, else every page is a z plane
   */
  readonly axes?: string;
  /** Sizes for `axes`; one of them may be left out and follows from the number of pages. */
  readonly sizes?: { readonly [axis: string]: number };
  /** Which image of a file that holds several. @default 0 */
  readonly series?: number;
  /** Opens another file of the same folder, for multi-file OME-TIFF; `null` when there is none. */
  readonly resolveSibling?: (fileName: string) => Promise<ByteSource | null>;
  /** Reads the history that Axial saved as a macro. @default an empty history */
  readonly parseHistory?: (text: string) => History;
  readonly signal?: AbortSignal;
}
