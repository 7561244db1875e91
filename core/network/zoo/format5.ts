import { z } from 'zod';
import { onnxOf, packageFile, statedFacts } from './statedFacts';
import { parseProcessing, processingSchema } from './parseProcessing';
import type { ZooAxis, ZooModel, ZooSize, ZooTensor } from './ZooModel';

const size = z.union([
  z.number().transform((length): ZooSize => ({ kind: 'fixed', length })),
  z
    .object({ min: z.number(), step: z.number() })
    .transform((range): ZooSize => ({ kind: 'steps', ...range })),
  z.object({ axis_id: z.string(), offset: z.number().default(0) }).transform((own): ZooSize => ({
    kind: 'like',
    axis: own.axis_id,
    factor: 1,
    offset: own.offset,
  })),
  z.unknown().transform((): ZooSize => ({ kind: 'unknown' })),
]);

const axis = z.object({
  type: z.enum(['batch', 'channel', 'index', 'time', 'space']),
  id: z.string().optional(),
  size: size.prefault(null),
  scale: z.number().default(1),
  halo: z.number().nullish(),
  channel_names: z.array(z.string()).optional(),
});

const tensor = z.object({
  id: z.string().default('tensor'),
  axes: z.array(axis),
  preprocessing: z.array(processingSchema).nullish(),
  postprocessing: z.array(processingSchema).nullish(),
  test_tensor: packageFile,
});

const format = statedFacts.extend({ inputs: z.array(tensor), outputs: z.array(tensor) });

/**
 * Reads a description of format 0.5.
 *
 * @throws ZodError when it breaks the format, and what `parseProcessing` throws
 */
export function readFormat5(document: unknown): ZooModel {
  const { name, description, weights, ...raw } = format.parse(document);
  const inputNames = raw.inputs.map(({ id }) => id);
  const scales = new Map(raw.inputs.flatMap((own) => own.axes.map((a) => [idOf(a), a.scale])));
  const read = (own: z.infer<typeof tensor>): ZooTensor => ({
    axes: own.axes.map((one) => readAxis(one, scales)),
    steps: parseProcessing(own.preprocessing ?? own.postprocessing ?? [], name, inputNames),
    test: own.test_tensor,
  });
  return {
    ...{ name, description, ...onnxOf(weights) },
    inputs: raw.inputs.map(read),
    outputs: raw.outputs.map(read),
  };
}

function idOf({ id, type }: z.infer<typeof axis>): string {
  return id ?? (type === 'space' ? 'x' : type);
}

function readAxis(own: z.infer<typeof axis>, inputScales: ReadonlyMap<string, number>): ZooAxis {
  const { type, halo, channel_names: channels } = own;
  return { id: idOf(own), type, size: sizeOf(), halo: halo ?? null };

  function sizeOf(): ZooSize {
    if (type === 'batch') return { kind: 'steps', min: 1, step: 1 };
    if (channels) return { kind: 'fixed', length: channels.length };
    if (own.size.kind !== 'like') return own.size;
    return { ...own.size, factor: (inputScales.get(own.size.axis) ?? 1) / own.scale };
  }
}
