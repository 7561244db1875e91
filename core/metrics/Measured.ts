/** Why a figure cannot be given. */
export type MeasureGap =
  /** The image is smaller than the method's window. */
  | 'too-small'
  /** An image or its norm has no variation to compare with. */
  | 'constant'
  /** A value is NaN or infinite. */
  | 'not-finite';

/** A figure, or the reason why there is none. `value` may be Infinity where the definition says so. */
export type Measured =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: MeasureGap };

/** A figure; one that is NaN becomes a gap. */
export function measured(value: number): Measured {
  return Number.isNaN(value) ? unmeasured('not-finite') : { value, reason: null };
}

/** A figure that cannot be given. */
export function unmeasured(reason: MeasureGap): Measured {
  return { value: null, reason };
}
