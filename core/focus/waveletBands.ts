/** One rectangle of coefficients inside the Mallat layout. */
export interface WaveletBand {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The three detail bands of one scale: detail along x, along y, and along both. */
export type DetailBands = readonly [WaveletBand, WaveletBand, WaveletBand];

/**
 * Detail bands of the finest scales, finest first.
 *
 * @param width number of coefficient columns
 * @param height number of coefficient rows
 * @param scales how many scales are wanted
 */
export function waveletBands(width: number, height: number, scales: number): DetailBands[] {
  return Array.from({ length: scales }, (_, scale) => {
    const size = { width: width >> (scale + 1), height: height >> (scale + 1) };
    return [
      { left: size.width, top: 0, ...size },
      { left: 0, top: size.height, ...size },
      { left: size.width, top: size.height, ...size },
    ];
  });
}
