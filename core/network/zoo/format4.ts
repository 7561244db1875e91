import { z } from 'zod';
import { onnxOf, statedFacts } from './statedFacts';
import { parseProcessing, processingSchema } from './parseProcessing';
import type { ZooAxis, ZooModel, ZooSize, ZooTensor } from './ZooModel';

const shape = z.union([
  z.array(z.number()),
  z.object({ min: z.array(z.number()), step: z.array(z.number()) }),
  z.object({ scale: z.array(z.number().nullable()), offset: z.array(z.number()) }),
]);

const tensor = z.object({
  name: z.string(),
  /** One letter for each axis. */
  axes: z.string(),
  shape,
  halo: z.array(z.number()).nullish(),
  preprocessing: z.array(processingSchema).nullish(),
  postprocessing: z.array(processingSchema).nullish(),
});

const format = statedFacts.extend({
  inputs: z.array(tensor),
  outputs: z.array(tensor),
  test_inputs: z.array(z.string().min(1)),
  test_outputs: z.array(z.string().min(1)),
});

/**
 * Reads a description of format 0.4.
 *
 * @throws ZodError when it breaks the format, and what `parseProcessing` throws
 */
export function readFormat4(document: unknown): ZooModel {
  const { name, description, weights, ...raw } = format.parse(document);
  const inputNames = raw.inputs.map((own) => own.name);
  const read =
    (tests: readonly string[]) =>
    (own: z.infer<typeof tensor>, index: number): ZooTensor => ({
      axes: [...own.axes].map((letter, i) => readAxis(own, letter, i)),
      steps: parseProcessing(own.preprocessing ?? own.postprocessing ?? [], name, inputNames),
      test: { source: tests[index] ?? '', sha256: null },
    });
  return {
    ...{ name, description, ...onnxOf(weights) },
    inputs: raw.inputs.map(read(raw.test_inputs)),
    outputs: raw.outputs.map(read(raw.test_outputs)),
  };
}

const AXES = new Map<string, Pick<ZooAxis, 'id' | 'type'>>([
  ['b', { id: 'batch', type: 'batch' }],
  ['c', { id: 'channel', type: 'channel' }],
  ['i', { id: 'index', type: 'index' }],
  ['t', { id: 'time', type: 'time' }],
]);

function readAxis(own: z.infer<typeof tensor>, letter: string, index: number): ZooAxis {
  const axis = AXES.get(letter) ?? { id: letter, type: 'space' };
  const halo = axis.type === 'space' ? (own.halo?.[index] ?? null) : null;
  return { ...axis, halo, size: sizeOf(own.shape, axis.id, index) };
}

function sizeOf(stated: z.infer<typeof shape>, axis: string, index: number): ZooSize {
  if (axis === 'batch') return { kind: 'steps', min: 1, step: 1 };
  if (Array.isArray(stated)) return { kind: 'fixed', length: stated[index] ?? 0 };
  if ('min' in stated) {
    const [min = 0, step = 0] = [stated.min[index], stated.step[index]];
    return step === 0 ? { kind: 'fixed', length: min } : { kind: 'steps', min, step };
  }
  // An offset is stated for each end; a scale of nothing makes an axis as long as both.
  const offset = 2 * (stated.offset[index] ?? 0);
  const factor = stated.scale[index] ?? 0;
  return factor === 0 ? { kind: 'fixed', length: offset } : { kind: 'like', axis, factor, offset };
}
