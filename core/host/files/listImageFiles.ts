import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { naturalOrder } from '#core/io/sequence/naturalOrder';
import { AxialError } from '#core/util/errors';

const IMAGE_NAME = /\.(tiff?|png)$/i;

/**
 * The files that a path stands for, in natural order: itself, the images of a folder, or the
 * matches of a pattern with `*` and `?` in the file's name.
 *
 * @throws AxialError FileAccessError when there are none
 */
export async function listImageFiles(path: string): Promise<string[]> {
  const facts = await stat(path).catch((error: unknown) => {
    if (/[*?]/.test(basename(path))) return null;
    throw error;
  });
  if (facts?.isFile()) return [resolve(path)];
  if (facts && !facts.isDirectory()) {
    throw new AxialError(
      'FileAccessError',
      `Cannot read ${path}: it is neither a file nor a folder.`,
      'Name a TIFF or PNG file, or a folder that holds some.',
      { details: { path } },
    );
  }
  const folder = facts ? resolve(path) : dirname(resolve(path));
  const matches = facts ? IMAGE_NAME : globPattern(basename(path));
  const names = (await readdir(folder)).filter(
    (name) => matches.test(name) && !name.startsWith('.'),
  );
  if (names.length === 0) {
    throw new AxialError(
      'FileAccessError',
      `${path} stands for no image file.`,
      'Name a TIFF or PNG file, a folder that holds some, or a pattern such as stack_z*.tif.',
      { details: { path } },
    );
  }
  return names.sort(naturalOrder).map((name) => join(folder, name));
}

function globPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
