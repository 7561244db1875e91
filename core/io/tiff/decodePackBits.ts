/**
 * Unpacks Apple's PackBits run lengths (TIFF 6.0, section 9).
 *
 * @param packed the compressed bytes
 * @param length bytes to unpack; decoding stops there
 * @returns the bytes; fewer than `length` where the data end early
 */
export function decodePackBits(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  let filled = 0;
  let at = 0;
  while (filled < length && at < packed.length) {
    const head = packed[at++] ?? 0;
    if (head < 128) {
      const count = Math.min(head + 1, length - filled, packed.length - at);
      out.set(packed.subarray(at, at + count), filled);
      filled += count;
      at += head + 1;
    } else if (head > 128) {
      if (at >= packed.length) break;
      const count = Math.min(257 - head, length - filled);
      out.fill(packed[at++] ?? 0, filled, filled + count);
      filled += count;
    }
  }
  return filled === length ? out : out.slice(0, filled);
}
