import type { ByteSource } from './ByteSource';

/** A source over bytes in memory; what it reads is a copy. */
export function memoryByteSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length, signal) => {
      signal?.throwIfAborted();
      return Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length)));
    },
    close: () => Promise.resolve(),
  };
}
