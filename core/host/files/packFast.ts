import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Packer } from '#core/io/tiff/encodePlane';

/**
 * On differences of noisy camera samples level 1 packs as well as the usual 6 (41 % against 40 %),
 * five times as fast.
 */
const LEVEL = 1;

const deflateAsync = promisify(deflate);

/** Packs bytes as a zlib stream on Node's own threads. */
export const packFast: Packer = async (bytes) => {
  const packed = await deflateAsync(bytes, { level: LEVEL });
  return new Uint8Array(packed);
};
