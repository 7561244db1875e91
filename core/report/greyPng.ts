import { encode } from 'fast-png';
import type { Plane } from '#core/image/Plane';

/** Grey levels that are shown as black and white. */
export interface DisplayRange {
  readonly min: number;
  readonly max: number;
}

/**
 * A plane as an 8-bit PNG in a data URI, for a page that has to stand alone.
 *
 * @param plane row-major (y, x) samples
 * @param range what becomes black and white; values outside are clipped, NaN is black
 */
export function greyPng({ width, height, data }: Plane, { min, max }: DisplayRange): string {
  const scale = max > min ? 255 / (max - min) : 0;
  const grey = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = (data[i] - min) * scale;
    grey[i] = value > 0 ? Math.min(255, Math.round(value)) : 0;
  }
  return `data:image/png;base64,${base64(encode({ width, height, data: grey, channels: 1, depth: 8 }))}`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(word >> shift) & 63]);
    parts.push(
      digits
        .slice(0, left + 1)
        .join('')
        .padEnd(4, '='),
    );
  }
  return parts.join('');
}
