import { AxialError } from '#core/util/errors';

/** What a user can do about most models that Axial cannot run. */
const OTHER_PROGRAM =
  'Run it with a program for such models, such as deepImageJ or bioimageio.core, and open the result.';

/** The failure for a sound package that Axial cannot run; `why` is a sentence. */
export function unusableModel(name: string, why: string, remedy = OTHER_PROGRAM): AxialError {
  return new AxialError(
    'UnsupportedFileError',
    `Axial cannot run the model ${name}. ${why}`,
    remedy,
  );
}
