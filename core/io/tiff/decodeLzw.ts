import { unsupportedTiff } from './tiffErrors';

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4096;

/**
 * Unpacks LZW as TIFF 6.0 (section 13) writes it: most significant bit first, codes of 9 to 12 bits
 * that widen one code early.
 *
 * @param packed the compressed bytes
 * @param length bytes to unpack; decoding stops there
 * @returns the bytes; fewer than `length` where the data end or stop making sense
 */
export function decodeLzw(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  if (packed[0] === 0 && ((packed[1] ?? 0) & 1) === 1) {
    throw unsupportedTiff(
      'This TIFF is packed with LZW as programs before 1992 wrote it.',
      'Open it in ImageJ and save it anew.',
    );
  }
  const out = new Uint8Array(length);
  // A code stands for bytes that were already written: where they start and how many they are.
  const starts = new Uint32Array(MOST_CODES + 1);
  const lengths = new Uint32Array(MOST_CODES + 1);
  let next = END + 1;
  let width = 9;
  let previousStart = -1;
  let previousLength = 0;
  let filled = 0;
  let bits = 0;
  let bitCount = 0;
  let at = 0;
  while (filled < length) {
    while (bitCount < width && at < packed.length) {
      bits = ((bits << 8) | (packed[at++] ?? 0)) & 0xffffff;
      bitCount += 8;
    }
    if (bitCount < width) break;
    bitCount -= width;
    const code = (bits >>> bitCount) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      previousStart = -1;
      continue;
    }
    if (previousStart >= 0 && next < MOST_CODES) {
      // The new code is the previous string and one byte more, which is written just now.
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
    }
    if (code >= next || (code > END && previousStart < 0)) break;
    const start = filled;
    if (code < CLEAR) {
      out[filled++] = code;
    } else {
      const from = starts[code] ?? 0;
      const end = Math.min(filled + (lengths[code] ?? 0), length);
      // Byte by byte: the string may overlap what is being written.
      for (let i = from; filled < end; i++) out[filled++] = out[i] ?? 0;
    }
    previousStart = start;
    previousLength = filled - start;
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  return filled === length ? out : out.slice(0, filled);
}
