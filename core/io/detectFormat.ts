import type { ByteSource } from './ByteSource';

/** The container of an image file by its first bytes; `null` for what Axial does not read. */
export async function detectFormat(bytes: ByteSource): Promise<'tiff' | 'png' | 'xml' | null> {
  const [a = 0, b = 0, c = 0, d = 0] = await bytes.read(0, 4);
  if (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47) return 'png';
  if (a === 0x49 && b === 0x49 && (c === 42 || c === 43) && d === 0) return 'tiff';
  if (a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43)) return 'tiff';
  const hasMark = a === 0xef && b === 0xbb && c === 0xbf;
  return (hasMark ? d : a) === 0x3c ? 'xml' : null;
}
