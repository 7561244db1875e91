/** A bound that is a value, or a share of the values (0 to 1) that lie below it. */
export type Bound = { readonly value: number } | { readonly fraction: number };

/**
 * A step of pre- or postprocessing. Statistics are those of the tensor as it comes, before any step,
 * or, where a step says `ofInput`, of the input as it comes.
 */
export type ProcessingStep =
  | { readonly op: 'scaleLinear'; readonly gain: number; readonly offset: number }
  | { readonly op: 'zeroMeanUnitVariance'; readonly eps: number }
  | {
      readonly op: 'scaleRange';
      readonly low: number;
      readonly high: number;
      readonly eps: number;
      readonly ofInput: boolean;
    }
  | { readonly op: 'scaleMeanVariance'; readonly eps: number }
  | { readonly op: 'clip'; readonly min: Bound | null; readonly max: Bound | null }
  | { readonly op: 'binarize'; readonly threshold: number }
  | { readonly op: 'sigmoid' };
