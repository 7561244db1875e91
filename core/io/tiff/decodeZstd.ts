import type { ZSTDDecoder } from 'zstddec';

let decoder: Promise<ZSTDDecoder> | undefined;

/** The decoder, loaded when the first zstd data come: few files have any. */
async function startDecoder(): Promise<ZSTDDecoder> {
  const { ZSTDDecoder } = await import('zstddec');
  const started = new ZSTDDecoder();
  await started.init();
  return started;
}

/** Whether the data start as zstd frames do (RFC 8878, 3.1.1). */
function isFrame(packed: Uint8Array): boolean {
  return packed[0] === 0x28 && packed[1] === 0xb5 && packed[2] === 0x2f && packed[3] === 0xfd;
}

/**
 * Unpacks zstd data into at most `length` bytes.
 *
 * @param packed one or more zstd frames
 * @param length bytes to unpack; data that hold more are taken for damaged
 * @returns the bytes; none where the data are damaged
 */
export async function decodeZstd(packed: Uint8Array, length: number): Promise<Uint8Array> {
  if (!isFrame(packed)) return new Uint8Array(0);
  decoder ??= startDecoder();
  // The length is passed on purpose: without it the decoder believes the frame's own size, or loops on a damaged one.
  return (await decoder).decode(packed, length);
}
