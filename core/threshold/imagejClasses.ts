import type { Histogram } from './Histogram';

const LAST_CLASS = 255;

/** The 256 classes that ImageJ sorts an image into, and the grey levels that a class stands for. */
export interface ImageJClasses {
  readonly counts: Float64Array<ArrayBuffer>;
  /** Grey level that `bin`, the last class of the darker side, stands for. */
  readonly thresholdOf: (bin: number) => number;
}

/**
 * The 8-bit image that the Threshold window of ImageJ 1.54 looks at: grey levels as they are for 8
 * bits, else classes from the lowest to the highest value, rounded to the nearest. It names the lowest
 * level of bright objects or the highest one of dark objects, a class apart: on a light background the
 * threshold is that highest level, else the level below the lowest.
 */
export function imagejClasses(histogram: Histogram, lightBackground: boolean): ImageJClasses {
  const { start, binWidth, counts: bins, pixelType } = histogram;
  const counts = new Float64Array(LAST_CLASS + 1);
  if (pixelType === 'uint8') {
    counts.set(bins, start);
    return { counts, thresholdOf: (bin) => bin };
  }
  const classOf = classifier(histogram);
  for (let i = 0; i < bins.length; i++) counts[classOf(i)] += bins[i];
  const highest = start + binWidth * (histogram.integral ? bins.length - 1 : bins.length);
  const levelOf = (bin: number): number => {
    const named = lightBackground ? bin : Math.min(LAST_CLASS, bin + 1);
    return start + (named / LAST_CLASS) * (highest - start);
  };
  if (pixelType === 'float32') return { counts, thresholdOf: levelOf };
  return {
    counts,
    thresholdOf: (bin) => Math.round(levelOf(bin)) - (lightBackground ? 0 : 1),
  };
}

/** Class of each bin of the histogram. */
function classifier({ counts, integral, pixelType }: Histogram): (bin: number) => number {
  if (pixelType === 'uint16') {
    const scale = (LAST_CLASS + 1) / counts.length;
    return (bin) => Math.min(LAST_CLASS, Math.floor(bin * scale + 0.5));
  }
  const places = integral ? counts.length - 1 : counts.length;
  // A fine bin stands for its middle; the edges of the classes are edges of fine bins.
  const middle = integral ? 0 : 0.5;
  return (bin) => Math.floor(((bin + middle) * LAST_CLASS) / places + 0.5);
}
