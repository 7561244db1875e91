import { z } from 'zod';
import { AxialError } from '#core/util/errors';

/** The first packages named steps alone. */
const layers = z.object({
  model: z.literal('layers').default('layers'),
  steps: z.int().positive(),
});
const points = z.object({ model: z.literal('points') });
const schema = z.union([points, layers]);

/** How specimens are fitted: layers of light, in so many steps, or small balls of light. */
export type SpecimenFit = z.infer<typeof schema>;

/**
 * Reads the specimenFit.json of a model package: how specimens are fitted.
 *
 * @throws AxialError DamagedFileError when it is no such document
 */
export function parseSpecimenFit(text: string): SpecimenFit {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AxialError(
      'DamagedFileError',
      'The model package is damaged. How it fits specimens cannot be read.',
      'Fetch or install the model again.',
      { cause },
    );
  }
}
