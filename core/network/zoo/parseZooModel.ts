import { z } from 'zod';
import { readFormat4 } from './format4';
import { readFormat5 } from './format5';
import { unusableModel } from './unusableModel';
import type { ZooModel } from './ZooModel';

const head = z.object({
  type: z.literal('model'),
  format_version: z.string(),
  name: z.string().min(1),
});

/**
 * Reads a model description of the BioImage Model Zoo, format 0.4 or 0.5.
 *
 * @param document the parsed YAML
 * @throws AxialError UnsupportedFileError when it is of another kind or format, breaks the format, or
 *   asks for processing that Axial does not do
 * @see https://bioimage-io.github.io/spec-bioimage-io; Ouyang W. et al. 2022, doi:10.1101/2022.06.07.495102
 */
export function parseZooModel(document: unknown): ZooModel {
  const stated = head.safeParse(document);
  if (!stated.success) {
    throw unusableModel('in this package', 'Its description is none of a model of the Model Zoo.');
  }
  const { format_version: version, name } = stated.data;
  try {
    if (version.startsWith('0.5.')) return readFormat5(document);
    if (version.startsWith('0.4.')) return readFormat4(document);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    const fault = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    throw unusableModel(
      name,
      `Its description breaks the rules of its format ${version} (${fault}).`,
      'Check it with: bioimageio validate-format',
    );
  }
  throw unusableModel(
    name,
    `Its description has the format ${version}; Axial reads 0.4 and 0.5.`,
    'Bring it to format 0.5 with: bioimageio update-format',
  );
}
