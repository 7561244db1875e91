/** Transfer functions that are not radial: those of `pupilTransfer`, of all distances. */
export interface TransferBand {
  /** For each distance its band, interleaved (re, im). */
  readonly planes: readonly Float32Array[];
}

/** The transfer functions of a plan, transformed along defocus. */
export interface AxialFactors {
  /** Planes of the transform. */
  readonly length: number;
  /**
   * Writes the factors of at most `LINES_AT_ONCE` kept frequencies from `from` to `to`, (axial frequency,
   * line, re and im), and 0 for the lines that are left.
   */
  fill(factors: Float64Array, from: number, to: number): void;
}
