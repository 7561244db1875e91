import { z } from 'zod';
import { AxialError } from '#core/util/errors';

const schema = z.object({ steps: z.int().positive() });

/**
 * Reads the specimenFit.json of a model package: how many steps the fit of a specimen takes.
 *
 * @throws AxialError DamagedFileError when it is no such document
 */
export function parseSpecimenFit(text: string): z.infer<typeof schema> {
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
