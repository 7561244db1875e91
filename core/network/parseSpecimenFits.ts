import { z } from 'zod';
import { AxialError } from '#core/util/errors';

const layers = z.object({
  model: z.enum(['layers', 'grains']),
  steps: z.int().positive(),
});
const points = z.object({ model: z.literal('points') });
const fit = z.union([points, layers]);

/**
 * How a specimen is fitted: layers of light, in so many steps (grains in up to twice as many, where structure is fine),
 * or small balls of light.
 */
export type SpecimenFit = z.infer<typeof fit>;

/**
 * Reads the specimenFit.json of a model package: how specimens are fitted, in the order in which the network sees
 * them.
 *
 * @throws AxialError DamagedFileError when it is no such document
 */
export function parseSpecimenFits(text: string): readonly SpecimenFit[] {
  try {
    return z.array(fit).min(1).parse(JSON.parse(text));
  } catch (cause) {
    throw new AxialError(
      'DamagedFileError',
      'The model package is damaged. How it fits specimens cannot be read.',
      'Fetch or install the model again.',
      { cause },
    );
  }
}
