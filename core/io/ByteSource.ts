/** Random access to bytes: a file, a buffer, a test array. */
export interface ByteSource {
  /** What messages call it, usually the file's name. */
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`, or fewer where the source ends. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}
