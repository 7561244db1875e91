import type { ByteSink } from '#core/io/ByteSink';

/** A sink that keeps what it is given, and what became of it. */
export interface MemoryByteSink extends ByteSink {
  readonly bytes: () => Uint8Array<ArrayBuffer>;
  readonly state: () => 'open' | 'committed' | 'aborted';
}

export function memoryByteSink(): MemoryByteSink {
  let buffer = new Uint8Array(1024);
  let length = 0;
  let state: 'open' | 'committed' | 'aborted' = 'open';
  return {
    write: (offset, bytes) => {
      const end = offset + bytes.length;
      if (end > buffer.length) {
        const larger = new Uint8Array(Math.max(end, buffer.length * 2));
        larger.set(buffer);
        buffer = larger;
      }
      buffer.set(bytes, offset);
      length = Math.max(length, end);
      return Promise.resolve();
    },
    commit: () => {
      state = 'committed';
      return Promise.resolve();
    },
    abort: () => {
      state = 'aborted';
      return Promise.resolve();
    },
    bytes: () => buffer.slice(0, length),
    state: () => state,
  };
}
