import type { Weights } from './Weights';

/** Writes weights as a safetensors file of float32 values, in the order of the map. */
export function writeSafetensors(weights: Weights): Uint8Array<ArrayBuffer> {
  const header: { [name: string]: unknown } = {};
  let offset = 0;
  for (const [name, { shape, data }] of weights) {
    const end = offset + data.length * 4;
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.set(text, 8);
  bytes.fill(0x20, 8 + text.length, 8 + padded);
  let position = 8 + padded;
  for (const { data } of weights.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}
