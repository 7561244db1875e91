import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileAccessError } from '#core/host/files/fileAccessError';
import { AxialError } from '#core/util/errors';

/**
 * Looks whether a file can be written at `path`, before hours are spent on computing it.
 *
 * @throws AxialError FileAccessError when its folder is missing or closed, or `path` is a folder
 */
export async function requireWritable(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const there = await stat(folder).catch(() => null);
  if (!there?.isDirectory()) {
    throw new AxialError(
      'FileAccessError',
      `Cannot write ${path}: there is no folder ${folder}.`,
      'Create the folder, or check the spelling of the path.',
      { details: { path } },
    );
  }
  if ((await stat(path).catch(() => null))?.isDirectory()) {
    throw new AxialError(
      'FileAccessError',
      `Cannot write ${path}: it is a folder.`,
      'Name a file in it.',
      { details: { path } },
    );
  }
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw fileAccessError('write', path, error);
  }
}
