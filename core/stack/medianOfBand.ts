import type { PixelArray } from '#core/image/PixelType';
import { medianOf } from './medianOf';
import { medianOfIntegers } from './medianOfIntegers';

/** One rectangle of all planes: samples in the order (z, y, x). */
export interface Band {
  readonly pixels: PixelArray;
  readonly planes: number;
}

/** Pixels that are brought together at one time, so that they fit into the processor's cache. */
const BLOCK = 128;

/** The median of each pixel along z, NaN left out; a pixel that is NaN in all planes stays so. */
export function medianOfBand({ pixels, planes }: Band): Float32Array<ArrayBuffer> {
  const out = new Float32Array(pixels.length / planes);
  if (pixels instanceof Float32Array) floatMedians(pixels, planes, out);
  else integerMedians(pixels, planes, out);
  return out;
}

function integerMedians(
  pixels: Exclude<PixelArray, Float32Array>,
  planes: number,
  out: Float32Array,
): void {
  const columns = Array.from({ length: BLOCK }, () => new Int32Array(planes));
  let guess = pixels[0];
  for (let start = 0; start < out.length; start += BLOCK) {
    const length = Math.min(BLOCK, out.length - start);
    for (let z = 0; z < planes; z++) {
      const from = z * out.length + start;
      for (let i = 0; i < length; i++) columns[i][z] = pixels[from + i];
    }
    for (let i = 0; i < length; i++) {
      out[start + i] = medianOfIntegers(columns[i], guess);
      guess = Math.floor(out[start + i]);
    }
  }
}

function floatMedians(pixels: Float32Array, planes: number, out: Float32Array): void {
  const columns = Array.from({ length: BLOCK }, () => new Float32Array(planes));
  const counts = new Uint32Array(BLOCK);
  for (let start = 0; start < out.length; start += BLOCK) {
    const length = Math.min(BLOCK, out.length - start);
    counts.fill(0);
    for (let z = 0; z < planes; z++) {
      const from = z * out.length + start;
      for (let i = 0; i < length; i++) {
        const value = pixels[from + i];
        if (!Number.isNaN(value)) columns[i][counts[i]++] = value;
      }
    }
    for (let i = 0; i < length; i++) out[start + i] = medianOf(columns[i], counts[i]);
  }
}
