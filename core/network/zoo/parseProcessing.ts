import { z } from 'zod';
import type { Bound, ProcessingStep } from './ProcessingStep';
import { unusableModel } from './unusableModel';

/** A step as a description states it: by `id` in format 0.5, by `name` in 0.4. */
export const processingSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  kwargs: z.record(z.string(), z.unknown()).nullish(),
});

/** An image has one channel here, so a list with a number for each channel holds one. */
const number = z.union([
  z.number(),
  z
    .array(z.number())
    .length(1)
    .transform(([only]) => only),
]);
const eps = z.number().positive().default(1e-6);
const percentile = z.number().min(0).max(100);
const wholeImage = z
  .union([z.string().transform((letters) => [...letters]), z.array(z.string())])
  .nullish()
  .refine((axes) => !axes?.length || (axes.includes('x') && axes.includes('y')), {
    error: 'it is taken along one axis of the image alone',
  });

const linear = z
  .object({ gain: number.default(1), offset: number.default(0) })
  .transform((scale) => ({ op: 'scaleLinear' as const, ...scale }));

const fixed = z.object({ mean: number, std: number, eps }).transform(({ mean, std, ...tiny }) => ({
  op: 'scaleLinear' as const,
  gain: 1 / (std + tiny.eps),
  offset: -mean / (std + tiny.eps),
}));

const variance = z
  .object({ axes: wholeImage, eps })
  .transform((own) => ({ op: 'zeroMeanUnitVariance' as const, eps: own.eps }));

const meanVariance = z
  .object({ axes: wholeImage, eps })
  .transform((own) => ({ op: 'scaleMeanVariance' as const, eps: own.eps }));

const scaleRange = z
  .object({
    axes: wholeImage,
    min_percentile: percentile.default(0),
    max_percentile: percentile.default(100),
    eps,
    reference_tensor: z.string().nullish(),
  })
  .transform(({ min_percentile: min, max_percentile: max, reference_tensor: of, ...own }) => ({
    op: 'scaleRange' as const,
    ...{ low: min / 100, high: max / 100, eps: own.eps, reference: of ?? null },
  }));

const clip = z
  .object({
    axes: wholeImage,
    min: z.number().nullish(),
    max: z.number().nullish(),
    min_percentile: percentile.nullish(),
    max_percentile: percentile.nullish(),
  })
  .transform((own) => ({
    op: 'clip' as const,
    min: boundOf(own.min, own.min_percentile),
    max: boundOf(own.max, own.max_percentile),
  }));

const binarize = z
  .object({ threshold: number })
  .transform(({ threshold }) => ({ op: 'binarize' as const, threshold }));

const sigmoid = z.object({}).transform(() => ({ op: 'sigmoid' as const }));

/** Networks are fed float32 and give it, so that only such a cast changes nothing. */
const cast = z
  .object({ dtype: z.string().startsWith('float', 'Axial computes with fractions') })
  .transform(() => null);

/** Steps by their names in the format; the fixed kind of one bears the same name in 0.4. */
const STEPS = new Map<string, z.ZodType<StatedStep | null>>([
  ['scale_linear', linear],
  ['fixed_zero_mean_unit_variance', fixed],
  ['zero_mean_unit_variance', z.union([fixed, variance])],
  ['scale_mean_variance', meanVariance],
  ['scale_range', scaleRange],
  ['clip', clip],
  ['binarize', binarize],
  ['sigmoid', sigmoid],
  ['ensure_dtype', cast],
]);

type StatedStep = Exclude<ProcessingStep, { op: 'scaleRange' }> | z.infer<typeof scaleRange>;

/**
 * Reads the pre- or postprocessing of a tensor that is one image of one channel. What is taken over a
 * whole data set counts as taken of the image.
 *
 * @param model name of the model, for messages
 * @param inputNames what the model calls its inputs, to which steps may refer
 * @throws AxialError UnsupportedFileError for a step that Axial does not know or cannot do
 */
export function parseProcessing(
  raw: readonly z.infer<typeof processingSchema>[],
  model: string,
  inputNames: readonly string[],
): ProcessingStep[] {
  return raw.flatMap(({ id, name, kwargs }) => {
    const called = id ?? name ?? '';
    const schema = STEPS.get(called);
    if (!schema) throw unusableModel(model, `Axial does not know its processing step "${called}".`);
    const parsed = schema.safeParse(kwargs ?? {});
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
      const why = `Its processing step "${called}" cannot be done: ${where}${issue?.message ?? ''}.`;
      throw unusableModel(model, why);
    }
    return parsed.data ? [withoutName(parsed.data, inputNames)] : [];
  });
}

function withoutName(step: StatedStep, inputNames: readonly string[]): ProcessingStep {
  if (step.op !== 'scaleRange') return step;
  const { reference, ...own } = step;
  return { ...own, ofInput: reference !== null && inputNames.includes(reference) };
}

function boundOf(
  value: number | null | undefined,
  percent: number | null | undefined,
): Bound | null {
  if (typeof value === 'number') return { value };
  return typeof percent === 'number' ? { fraction: percent / 100 } : null;
}
