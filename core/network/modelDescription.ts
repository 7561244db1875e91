import { z } from 'zod';

const range = z.object({ min: z.number(), max: z.number() });
const file = z.object({ source: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const fileWithoutSum = z.object({
  source: z.string().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** What this field needs beyond the BioImage Model Zoo's description, under `config.axial`. */
const axialSchema = z.object({
  /** Without these two the package's ONNX file computes. */
  graph: file.optional(),
  weights: file.optional(),
  /** How alike planes are, for networks that see the plane of spectral interpolation last. */
  correlation: file.optional(),
  /** How specimens are fitted, for networks that see what a fitted one looks like. */
  fit: file.optional(),
  objective: z.object({
    magnification: z.number(),
    numericalAperture: z.number(),
    immersionIndex: z.number(),
  }),
  pixelSizeUm: z.number().positive(),
  pixelRangeUm: range.optional(),
  zStepUm: z.number().positive(),
  inputCount: range,
  spacingUm: range,
  beyondUm: z.number().nonnegative(),
  singleInputReachUm: z.number().nonnegative(),
  inputOrder: z.enum(['nearestLast', 'any']),
  dpmUnitUm: z.literal(10),
  normalisation: z.enum(['paper', 'plugin']),
  specimens: z.array(z.string()).default([]),
  trainedOn: z.string(),
});

const tensorSchema = z.object({ test_tensor: fileWithoutSum });

/** The parts of a BioImage Model Zoo description (rdf.yaml, format 0.5) that Axial reads. */
export const modelDescriptionSchema = z.object({
  format_version: z.string().regex(/^0\.5\./),
  type: z.literal('model'),
  name: z.string().min(1),
  version: z.union([z.string(), z.number()]).optional(),
  description: z.string(),
  license: z.string().optional(),
  inputs: z.array(tensorSchema).length(1),
  outputs: z.array(tensorSchema).length(1),
  /** The network for other programs, and for Axial where there is no graph. */
  weights: z.object({ onnx: fileWithoutSum.optional() }).optional(),
  config: z.object({ axial: axialSchema }),
});

/** A checked rdf.yaml. */
export type ModelDescription = z.infer<typeof modelDescriptionSchema>;
