/**
 * Where a writer puts bytes. Nothing is visible at the destination before `commit`:
 * `abort`, or a crash, leaves what was there untouched.
 */
export interface ByteSink {
  /** Writes at an absolute offset; gaps may be filled later. */
  write(offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}
