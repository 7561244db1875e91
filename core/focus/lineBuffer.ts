/**
 * One line of samples with room for periodic extension. Samples 0 .. n-1 of a line start at index `margin`.
 */
export interface LineBuffer {
  readonly re: Float64Array<ArrayBuffer>;
  readonly im: Float64Array<ArrayBuffer>;
  readonly margin: number;
}

/** A line buffer for up to `maxLength` samples and filters of `taps` taps. */
export function createLineBuffer(maxLength: number, taps: number): LineBuffer {
  const length = maxLength + taps;
  return {
    re: new Float64Array(length),
    im: new Float64Array(length),
    margin: taps / 2,
  };
}

/** Repeats the first `length` samples of one part of a line on both sides, as a periodic signal does. */
export function extendPeriodically(part: Float64Array, margin: number, length: number): void {
  for (let k = 0; k < margin; k++) {
    part[margin + length + k] = part[margin + (k % length)];
    part[margin - 1 - k] = part[margin + length - 1 - (k % length)];
  }
}
