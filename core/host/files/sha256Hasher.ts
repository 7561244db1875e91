import { createHash } from 'node:crypto';
import type { PixelHasher } from '#core/io/tiff/writeOmeTiff';

/** A running SHA-256 (FIPS 180-4) for pixels on their way to a file. */
export function sha256Hasher(): PixelHasher {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}
