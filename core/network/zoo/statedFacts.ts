import { z } from 'zod';
import type { ZooModel } from './ZooModel';

/** A file of a package. */
export const packageFile = z.object({
  source: z.string().min(1),
  sha256: z
    .string()
    .nullish()
    .transform((sum) => sum ?? null),
});

/** What every format states in the same way. */
export const statedFacts = z.object({
  name: z.string().min(1),
  description: z.string().default(''),
  weights: z.record(
    z.string(),
    packageFile.partial().extend({ external_data: z.unknown().optional() }).nullish(),
  ),
});

/** The kinds of weights, and the ONNX file when it is whole in itself. */
export function onnxOf(
  weights: z.infer<typeof statedFacts>['weights'],
): Pick<ZooModel, 'weightFormats' | 'onnx'> {
  const weightFormats = Object.keys(weights).filter((format) => weights[format]);
  const { source, sha256 = null, external_data: second } = weights['onnx'] ?? {};
  return { weightFormats, onnx: source && !second ? { source, sha256 } : null };
}
