import { basename, dirname, join, resolve } from 'node:path';
import type { FileOpenOptions } from '#core/command/CommandContext';
import { parseMacro } from '#core/command/parseMacro';
import type { ImageStack } from '#core/image/ImageStack';
import type { ByteSource } from '#core/io/ByteSource';
import type { OpenedImage } from '#core/io/OpenedImage';
import { openImage } from '#core/io/openImage';
import { openSequence } from '#core/io/sequence/openSequence';
import { isAxialError } from '#core/util/errors';
import { fileByteSource } from './fileByteSource';
import { listImageFiles } from './listImageFiles';

/** Opens a file, or the numbered files of a folder or pattern as one stack. */
export async function openPath(path: string, options: FileOpenOptions = {}): Promise<ImageStack> {
  const files = await listImageFiles(path);
  const openOptions = {
    ...options,
    parseHistory: parseMacro,
    resolveSibling: (name: string) => openSibling(files[0], name),
  };
  if (files.length === 1) {
    const { format, ...stack } = await openSingle(files[0], openOptions);
    return { ...stack, name: basename(path), origin: { path: resolve(path), format } };
  }
  const members = files.map((file) => ({
    name: basename(file),
    open: async () => fileByteSource(file),
  }));
  const { format: _format, ...stack } = await openSequence(members, openOptions);
  return { ...stack, name: basename(path), origin: { path: resolve(path), format: 'sequence' } };
}

async function openSingle(
  file: string,
  options: Parameters<typeof openImage>[1],
): Promise<OpenedImage> {
  const bytes = fileByteSource(file);
  try {
    return await openImage(bytes, options);
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

/** Another file of the same folder. Only its name counts: a file cannot point out of its folder. */
async function openSibling(file: string, name: string): Promise<ByteSource | null> {
  try {
    return fileByteSource(join(dirname(file), basename(name)));
  } catch (error) {
    if (isAxialError(error, 'FileAccessError') && error.details['code'] === 'ENOENT') return null;
    throw error;
  }
}
