import { basename, dirname, join, resolve } from 'node:path';
import type { OpenOptions } from '#core/command/CommandContext';
import { parseMacro } from '#core/command/parseMacro';
import type { ImageStack } from '#core/image/ImageStack';
import type { ByteSource } from '#core/io/ByteSource';
import { isAxialError } from '#core/util/errors';
import { openImage } from '#core/io/openImage';
import { openSequence } from '#core/io/sequence/openSequence';
import { fileByteSource } from './fileByteSource';
import { listImageFiles } from './listImageFiles';

/** Opens a file, or the numbered files of a folder or pattern as one stack. */
export async function openPath(path: string, options: OpenOptions = {}): Promise<ImageStack> {
  const files = await listImageFiles(path);
  const sources = await openAll(files);
  try {
    const openOptions = {
      ...options,
      parseHistory: parseMacro,
      resolveSibling: (name: string) => openSibling(files[0], name),
    };
    const stack =
      sources.length === 1
        ? await openImage(sources[0], openOptions)
        : await openSequence(sources, openOptions);
    const format = sources.length === 1 ? stack.format : 'sequence';
    return { ...stack, name: basename(path), origin: { path: resolve(path), format } };
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

/** Opens files in order; when one cannot be opened, the others are closed again. */
async function openAll(files: readonly string[]): Promise<ByteSource[]> {
  const sources: ByteSource[] = [];
  try {
    for (const file of files) sources.push(await fileByteSource(file));
    return sources;
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

/** Another file of the same folder. Only its name counts: a file cannot point out of its folder. */
async function openSibling(file: string, name: string): Promise<ByteSource | null> {
  try {
    return await fileByteSource(join(dirname(file), basename(name)));
  } catch (error) {
    if (isAxialError(error, 'FileAccessError') && error.details['code'] === 'ENOENT') return null;
    throw error;
  }
}
