/** 'paper': Deep-Z and Recurrent-MZ as published. 'plugin': as the Deep-Z plugin computes it. */
export type NormalisationMethod = 'paper' | 'plugin';

/** The shift and scale that make planes comparable: normalised = (value - offset) / scale. */
export interface Normalisation {
  readonly method: NormalisationMethod;
  /** In grey levels of the original. */
  readonly offset: number;
  /** In grey levels of the original; above 0. */
  readonly scale: number;
  /** The threshold that separated background from foreground, in grey levels. */
  readonly threshold: number;
  /** Pixels above the threshold, divided by all pixels. */
  readonly foregroundFraction: number;
  /** A fallback that was taken, or `null`. */
  readonly note: string | null;
}
