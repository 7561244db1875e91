import { z } from 'zod';
import { AxialError } from '#core/util/errors';
import { widenHalf } from './halfPrecision';
import type { Tensor, Weights } from './Weights';
import { elementCount } from './Weights';

const headerSchema = z.record(
  z.string(),
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

const MAX_HEADER_BYTES = 100_000_000;

/**
 * Reads a safetensors file (https://github.com/huggingface/safetensors): F32 values as they are,
 * F16 widened to float32. Typed arrays are taken as little-endian, as they are on every platform that
 * JavaScript runs on today.
 *
 * @throws AxialError DamagedFileError when the file is cut off or its header does not fit its data
 * @throws AxialError UnsupportedFileError for another number type
 */
export function readSafetensors(bytes: Uint8Array): Weights {
  const { header, data } = splitFile(bytes);
  const weights = new Map<string, Tensor>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [start, end],
    },
  ] of Object.entries(header)) {
    const size = dtype === 'F32' ? 4 : dtype === 'F16' ? 2 : 0;
    if (size === 0) {
      throw new AxialError(
        'UnsupportedFileError',
        `The weight "${name}" has the number type ${dtype}.`,
        'Save the weights as float32 or float16.',
      );
    }
    const count = elementCount(shape);
    if (end - start !== count * size || end > data.length) {
      throw damaged(`The weight "${name}" does not fit the file.`);
    }
    const values = new Uint8Array(data.subarray(start, end)).buffer;
    weights.set(name, {
      shape,
      data: size === 4 ? new Float32Array(values) : widenHalf(new Uint16Array(values)),
    });
  }
  return weights;
}

function splitFile(bytes: Uint8Array): {
  header: z.infer<typeof headerSchema>;
  data: Uint8Array;
} {
  if (bytes.length < 8) throw damaged('The file has no header.');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || 8 + length > bytes.length) {
    throw damaged('The header is longer than the file.');
  }
  const header = headerSchema.safeParse(parseHeader(bytes.subarray(8, 8 + length)));
  if (!header.success) throw damaged('The header does not describe tensors.', header.error);
  return { header: header.data, data: bytes.subarray(8 + length) };
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header !== 'object' || header === null) return header;
    return Object.fromEntries(Object.entries(header).filter(([name]) => name !== '__metadata__'));
  } catch (cause) {
    throw damaged('The header is no JSON text.', cause);
  }
}

function damaged(message: string, cause?: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The weights file is damaged. ${message}`,
    'Fetch or save the model again.',
    { cause },
  );
}
