import { IMAGEJ_ENTRY, IMAGEJ_MAGIC } from './ImageJMetadata';

/** The two private tags of ImageJ, for a big-endian file. */
export interface ImageJMetadataTags {
  /** For tag 50839. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For tag 50838. */
  readonly byteCounts: readonly number[];
}

function encodeUtf16(text: string): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i));
  return new Uint8Array(view.buffer);
}

/**
 * Packs an info text and slice labels as ImageJ keeps them, big-endian.
 *
 * @param info text of Image > Show Info; `null` for none
 * @param labels one per plane in the order of the file, or none
 * @returns `null` when there is nothing to keep
 */
export function printImageJMetadata(
  info: string | null,
  labels: readonly string[],
): ImageJMetadataTags | null {
  const entries: [kind: number, blocks: Uint8Array<ArrayBuffer>[]][] = [];
  if (info !== null) entries.push([IMAGEJ_ENTRY.info, [encodeUtf16(info)]]);
  if (labels.length > 0) entries.push([IMAGEJ_ENTRY.labels, labels.map(encodeUtf16)]);
  if (entries.length === 0) return null;
  const headerBytes = 4 + entries.length * 8;
  const blocks = entries.flatMap(([, of]) => of);
  const total = blocks.reduce((sum, block) => sum + block.length, headerBytes);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, IMAGEJ_MAGIC);
  entries.forEach(([kind, of], i) => {
    view.setUint32(4 + i * 8, kind);
    view.setUint32(8 + i * 8, of.length);
  });
  let at = headerBytes;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return { bytes, byteCounts: [headerBytes, ...blocks.map((block) => block.length)] };
}
