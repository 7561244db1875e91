import type { Calibration } from './Calibration';
import type { History } from './History';
import type { PixelType } from './PixelType';
import type { PlaneSource } from './PlaneSource';

/** Number of time points, channels, planes, rows and columns; each at least 1. */
export interface StackShape {
  readonly t: number;
  readonly c: number;
  readonly z: number;
  readonly y: number;
  readonly x: number;
}

/** How stored samples map back to measured values: value = stored * scale + offset. */
export interface ValueMapping {
  readonly offset: number;
  readonly scale: number;
}

/** The file that a stack was opened from. */
export interface FileOrigin {
  readonly path: string;
  /** "ome-tiff", "imagej-tiff", "tiff", "png" or "sequence". */
  readonly format: string;
}

/**
 * An image of axes (t, c, z, y, x) whose planes are read when somebody asks.
 * Values are immutable: an operation returns a new stack over the old one's source.
 */
export interface ImageStack {
  /** What the user sees on the tab: usually the file's name. */
  readonly name: string;
  readonly shape: StackShape;
  readonly pixelType: PixelType;
  readonly calibration: Calibration;
  /** The commands that made it, oldest first. */
  readonly history: History;
  /** Set when integers stand for measured values of another range. */
  readonly valueMapping: ValueMapping | null;
  /** Facts the user should know, such as a conversion on reading. */
  readonly notes: readonly string[];
  /** Set on what was opened from a file; a computed stack has none. */
  readonly origin?: FileOrigin;
  /** Set where a plane takes so long to compute that those of a save that is cut short are kept. */
  readonly slow?: boolean;
  readonly source: PlaneSource;
}
