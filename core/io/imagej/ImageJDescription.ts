import type { ValueMapping } from '#core/image/ImageStack';

/** What ImageJ writes into the ImageDescription of a TIFF; `null` where the text does not say. */
export interface ImageJDescription {
  readonly version: string;
  readonly images: number | null;
  readonly channels: number | null;
  readonly slices: number | null;
  readonly frames: number | null;
  readonly hyperstack: boolean;
  /** "composite", "color" or "grayscale". */
  readonly mode: string | null;
  /** Distance of slices in `zUnit`, or in `unit` where that is `null`. */
  readonly spacing: number | null;
  readonly unit: string | null;
  readonly yUnit: string | null;
  readonly zUnit: string | null;
  /** Time between frames in `timeUnit`. */
  readonly frameInterval: number | null;
  /** ImageJ means seconds where it says nothing. */
  readonly timeUnit: string | null;
  readonly framesPerSecond: number | null;
  /** Display range in measured values. */
  readonly min: number | null;
  readonly max: number | null;
  /** The straight-line density calibration, ImageJ's `cf=0`. */
  readonly valueMapping: ValueMapping | null;
  readonly valueUnit: string | null;
}
