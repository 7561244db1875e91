/** Mean and standard deviation of planes of one length, pixel by pixel, taken one plane at a time. */
export class PlaneSpread {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly #squares: Float64Array<ArrayBuffer>;
  #count = 0;

  constructor(length: number) {
    this.mean = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  /** Welford 1962, doi:10.1080/00401706.1962.10490022: stable however large the mean is. */
  add(plane: Float32Array): void {
    this.#count++;
    for (let i = 0; i < plane.length; i++) {
      const value = plane[i] ?? 0;
      const mean = this.mean[i] ?? 0;
      const next = mean + (value - mean) / this.#count;
      this.mean[i] = next;
      this.#squares[i] = (this.#squares[i] ?? 0) + (value - mean) * (value - next);
    }
  }

  /** Standard deviation with n - 1; 0 of a single plane. */
  deviation(): Float64Array<ArrayBuffer> {
    const degrees = Math.max(1, this.#count - 1);
    return this.#squares.map((square) => Math.sqrt(square / degrees));
  }
}
