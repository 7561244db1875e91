declare module 'fft.js' {
  /** Complex Fourier transforms of one power-of-two length; data are interleaved (re, im). */
  export default class FFT {
    constructor(size: number);
    readonly size: number;
    transform(out: Float64Array | Float32Array, data: Float64Array | Float32Array): void;
    inverseTransform(out: Float64Array | Float32Array, data: Float64Array | Float32Array): void;
  }
}
