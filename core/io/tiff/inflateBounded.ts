/**
 * Unpacks zlib data, never more than `length` bytes of it, however much the data hold.
 *
 * @param packed a zlib stream
 * @param length bytes to unpack
 * @returns the bytes; fewer than `length` where the data end or stop making sense
 */
export async function inflateBounded(
  packed: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const ignore = (): void => undefined;
  writer.closed.catch(ignore);
  reader.closed.catch(ignore);
  writer
    .write(packed)
    .then(() => writer.close())
    .catch(ignore);
  const out = new Uint8Array(length);
  let filled = 0;
  try {
    while (filled < length) {
      const { value, done } = await reader.read();
      if (done) break;
      const part = value.subarray(0, length - filled);
      out.set(part, filled);
      filled += part.length;
    }
  } catch {
    // What came before the damage is returned; the caller sees that it is too short.
  }
  reader.cancel().catch(ignore);
  return filled === length ? out : out.slice(0, filled);
}
