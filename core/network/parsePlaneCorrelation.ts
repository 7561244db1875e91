import { z } from 'zod';
import { RINGS, type PlaneCorrelation } from '#core/image/PlaneCorrelation';
import { AxialError } from '#core/util/errors';

const schema = z
  .object({
    reachUm: z.number().positive(),
    values: z.array(z.array(z.number().min(-1).max(1)).min(2)).length(RINGS),
  })
  .refine(({ values }) => values.every((row) => row.length === values[0]?.length), {
    message: 'rows differ in length',
  });

/**
 * Reads the planeCorrelation.json of a model package.
 *
 * @throws AxialError DamagedFileError when it is no such document
 */
export function parsePlaneCorrelation(text: string): PlaneCorrelation {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AxialError(
      'DamagedFileError',
      'The model package is damaged. Its table of plane correlations cannot be read.',
      'Fetch or install the model again.',
      { cause },
    );
  }
}
