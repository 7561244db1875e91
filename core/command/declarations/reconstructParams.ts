import { z } from 'zod';
import type { CommandInput } from '#core/command/defineCommand';
import { INPUT_CHOICES } from '#core/command/steps/inputPlanes';
import { NORMALISATION_METHODS } from '#core/command/steps/normaliseStack';
import { HEIGHTS_PATTERN } from '#core/command/steps/zTargets';

const planeNumber = z.int().min(0);

/** Which measured planes the network sees. */
const inputParams = {
  inputs: z.array(planeNumber).min(1).nullable().default(null).meta({
    title: 'Input planes',
    kind: 'planes',
    description: 'The measured planes that the network sees, counted from 0.',
  }),
  inputZ: z.array(z.number()).min(1).nullable().default(null).meta({
    title: 'Heights of the inputs',
    unit: 'um',
    description: 'The same by height above the first plane, instead of by number.',
  }),
  choose: z.enum(INPUT_CHOICES).default('user').meta({
    title: 'Choice of inputs',
    description:
      'user: the planes that are named; even: spread from the lowest to the highest plane; nearest: for each plane to make those nearest to it; suggested: those with which planes that were left out come best. Where planes are named, only they are chosen from.',
  }),
  count: z
    .int()
    .min(1)
    .max(50)
    .nullable()
    .default(null)
    .meta({
      title: 'Number of inputs',
      appliesTo: { choose: ['even', 'nearest', 'suggested'] },
      description: 'How many inputs each plane gets; by default as many as the model knows.',
    }),
};

/** Which planes are made. */
const targetParams = {
  planes: z
    .union([z.literal('all'), z.array(planeNumber).min(1)])
    .default('all')
    .meta({
      title: 'Planes to make',
      kind: 'planes',
      description: 'At the heights of these planes of the stack.',
    }),
  z: z
    .string()
    .regex(HEIGHTS_PATTERN, 'write START:STOP:STEP, or heights with commas, in micrometres')
    .nullable()
    .default(null)
    .meta({
      title: 'Heights to make',
      kind: 'zRange',
      unit: 'um',
      description:
        'START:STOP:STEP or a list, from the first plane, instead of planes to make. With a surface: added to it.',
    }),
  spacingUm: z.number().positive().max(1e4).nullable().default(null).meta({
    title: 'Spacing to make',
    unit: 'um',
    description:
      'One plane every so many micrometres through the whole stack, also finer than it was measured.',
  }),
};

/** What computes, and how grey levels and pixels are brought to it. */
const networkParams = {
  model: z.string().nullable().default(null).meta({
    title: 'Model',
    kind: 'model',
    description:
      'Name of a network, or one for each channel with commas; without one, what fits pixel size and number of inputs.',
  }),
  modelSha256: z.string().nullable().default(null).meta({
    title: 'Checksum of the model',
    kind: 'hidden',
    description: 'Checksum that graph and weights are expected to have; a difference is reported.',
  }),
  normalisation: z.enum(NORMALISATION_METHODS).default('paper').meta({
    title: 'Normalisation',
    description: 'How grey levels are scaled for the network, and back in the result.',
  }),
  resample: z.boolean().default(false).meta({
    title: 'Resample to the pixel size of the model',
    advanced: true,
    description:
      'Brings the planes to the pixel size that the model was trained for, and the result back.',
  }),
};

/** The parameters of everything that reconstructs. */
export const reconstructionParams = z.object({ ...inputParams, ...targetParams, ...networkParams });

/** The stacks that it takes. */
export const reconstructionInputs: readonly CommandInput[] = [
  { name: 'stack', title: 'Stack' },
  { name: 'surface', title: 'Height maps (um) that the planes to make follow', flag: 'surface' },
  {
    ...{ name: 'inputSurface', title: 'Height maps (um) that the measured planes follow' },
    flag: 'input-surface',
  },
];
