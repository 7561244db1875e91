/** An array of float32 values with its shape, slowest axis first. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** The parameters of a network by name, `<layer>.<parameter>`. */
export type Weights = ReadonlyMap<string, Tensor>;

/** Number of values in a tensor of `shape`. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
