import type { ImageStack } from '#core/image/ImageStack';

/** The kinds of file that Axial opens. */
export type ImageFormat = 'ome-tiff' | 'imagej-tiff' | 'tiff' | 'png';

/** A stack over a file, and what kind of file it is. */
export interface OpenedImage extends ImageStack {
  readonly format: ImageFormat;
  /** Names of all files that hold its pixels; the one that was opened comes first. */
  readonly files: readonly string[];
}
