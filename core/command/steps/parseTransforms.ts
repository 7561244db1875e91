import { z } from 'zod';
import type { ImageStack } from '#core/image/ImageStack';
import { ALIGNMENT_REFERENCES } from '#core/registration/planAlignment';
import { TRANSFORM_MODELS } from '#core/registration/TransformModel';
import type { Transforms } from '#core/registration/Transforms';
import { AxialError } from '#core/util/errors';
import { alignmentSeries } from './alignSeries';

const row = z.tuple([z.number(), z.number(), z.number()]);
const figure = z.number().nullable().default(null);

const planeTransform = z.object({
  index: z.int().min(0),
  matrix: z.tuple([row, row, row]),
  xy: z.tuple([z.number(), z.number()]).optional(),
  correlationBefore: figure,
  correlationAfter: figure,
  residual: figure,
  displacementPx: z.number().default(0),
  converged: z.boolean().default(true),
  suspect: z.boolean().default(false),
  reasons: z.array(z.string()).default([]),
});

const transforms = z.object({
  model: z.enum(TRANSFORM_MODELS),
  reference: z.enum(ALIGNMENT_REFERENCES),
  anchor: z.int().min(0),
  mapping: z.literal('output-to-input'),
  width: z.int().min(1),
  height: z.int().min(1),
  planes: z.array(planeTransform).min(1),
});

const file = z.union([transforms.transform((one) => [one]), z.array(transforms).min(1)]);

/**
 * Reads saved transforms and checks that they fit a stack: as many series and planes, of the same size.
 * One series serves all time points of a stack.
 *
 * @param text the JSON
 * @param name of the file, for messages
 * @throws AxialError UnsupportedFileError when it is no such file, ImpossibleRequestError when it does not fit
 */
export function parseTransforms(
  text: string,
  name: string,
  stack: Pick<ImageStack, 'shape'>,
): Transforms[] {
  const parsed = file.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new AxialError(
      'UnsupportedFileError',
      `${name} holds no transforms.`,
      'Give a file that "axial align --transforms FILE.json" wrote.',
    );
  }
  const saved = parsed.data as unknown as Transforms[];
  const { length, count } = alignmentSeries(stack);
  const all = saved.length === 1 ? Array.from({ length: count }, () => saved[0]) : saved;
  const fits =
    all.length === count &&
    all.every(
      ({ width, height, planes }) =>
        width === stack.shape.x &&
        height === stack.shape.y &&
        planes.length === length &&
        planes.every(({ index }, i) => index === i),
    );
  if (fits) return all;
  const { width, height, planes } = saved[0];
  throw new AxialError(
    'ImpossibleRequestError',
    `${name} is for ${saved.length} series of ${planes.length} planes of ${width} x ${height} pixels; the stack has ${count} of ${length} planes of ${stack.shape.x} x ${stack.shape.y}.`,
    'Apply it to a stack of the same shape.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
