import type { ValueMapping } from '#core/image/ImageStack';
import type { ImageJDescription } from './ImageJDescription';

/** ImageJ escapes what is not ASCII as \uXXXX. */
function unescape(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function readLines(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/[\r\n\0]+/u)) {
    const at = line.indexOf('=');
    if (at > 0) values.set(line.slice(0, at).trim(), unescape(line.slice(at + 1).trim()));
  }
  return values;
}

/** ImageJ's calibration function 0 is a straight line: value = c0 + c1 * stored. */
function readMapping(number: (key: string) => number | null): ValueMapping | null {
  if (number('cf') !== 0) return null;
  const offset = number('c0');
  const scale = number('c1');
  return offset !== null && scale !== null && scale !== 0 ? { offset, scale } : null;
}

/**
 * Reads the ImageDescription that ImageJ (or a program that imitates it) writes.
 *
 * @returns `null` when the text is not ImageJ's
 */
export function parseImageJDescription(description: string): ImageJDescription | null {
  if (!description.startsWith('ImageJ=')) return null;
  const values = readLines(description);
  const text = (key: string): string | null => values.get(key) || null;
  const number = (key: string): number | null => {
    const value = text(key);
    return value !== null && Number.isFinite(Number(value)) ? Number(value) : null;
  };
  const count = (key: string): number | null => {
    const value = number(key);
    return value !== null && Number.isSafeInteger(value) && value >= 1 ? value : null;
  };
  return {
    version: text('ImageJ') ?? '',
    images: count('images'),
    channels: count('channels'),
    slices: count('slices'),
    frames: count('frames'),
    hyperstack: text('hyperstack') === 'true',
    mode: text('mode'),
    spacing: number('spacing'),
    unit: text('unit'),
    yUnit: text('yunit'),
    zUnit: text('zunit'),
    frameInterval: number('finterval'),
    timeUnit: text('tunit'),
    framesPerSecond: number('fps'),
    min: number('min'),
    max: number('max'),
    valueMapping: readMapping(number),
    valueUnit: text('vunit'),
  };
}
