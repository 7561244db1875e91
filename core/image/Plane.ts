/** One greyscale plane in working precision. `data` is row-major: sample (row y, column x) is `data[y * width + x]`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array<ArrayBuffer>;
}
