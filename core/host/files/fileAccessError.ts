import { AxialError } from '#core/util/errors';

const EXPLANATIONS: ReadonlyMap<string, readonly [what: string, remedy: string]> = new Map([
  [
    'ENOSPC',
    ['the disk is full', 'Free some space or choose another disk; the old file is unchanged.'],
  ],
  ['EDQUOT', ['your disk quota is used up', 'Free some space or choose another disk.']],
  ['EFBIG', ['the file system cannot hold a file this large', 'Choose another disk or compress.']],
  ['EACCES', ['you have no permission', 'Change the permissions, or choose another place.']],
  [
    'EPERM',
    ['you have no permission', 'Choose another folder, or close the program that uses the file.'],
  ],
  ['EROFS', ['the disk is read-only', 'Choose another folder.']],
  ['ENOENT', ['there is no such file or folder', 'Check the spelling of the path.']],
  ['ENOTDIR', ['part of the path is a file, not a folder', 'Check the spelling of the path.']],
  [
    'ELOOP',
    ['it is a link that leads back to itself', 'Name the file that the link should lead to.'],
  ],
  ['EISDIR', ['it is a folder', 'Name a file.']],
  ['ENAMETOOLONG', ['the name is too long', 'Choose a shorter name.']],
  ['EBUSY', ['another program uses it', 'Close the other program and try again.']],
  ['EMFILE', ['too many files are open', 'Close some images and try again.']],
  ['EIO', ['the disk reported an error', 'Check the disk, and save to another one.']],
]);

/** The code that Node puts on errors of the operating system. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * Says what the operating system refused, and what to do about it.
 *
 * @param verb what was tried: "read", "write"
 * @returns an AxialError `FileAccessError`, or the error itself when the system had no part in it
 */
export function fileAccessError(verb: string, path: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === null || error instanceof AxialError) return error;
  const [what, remedy] = EXPLANATIONS.get(code) ?? [
    `the system says ${code}`,
    'Check the path and the disk, and try again.',
  ];
  return new AxialError('FileAccessError', `Cannot ${verb} ${path}: ${what}.`, remedy, {
    details: { path, code },
    cause: error,
  });
}
