import { resolve } from 'node:path';
import type { FileAccess, SaveOptions } from '#core/command/CommandContext';
import { printMacro } from '#core/command/printMacro';
import type { History } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { writeImageJTiff } from '#core/io/tiff/writeImageJTiff';
import { writeOmeTiff } from '#core/io/tiff/writeOmeTiff';
import { commitOrAbort } from './commitOrAbort';
import { fileByteSink } from './fileByteSink';
import { packFast } from './packFast';
import { sha256Hasher } from './sha256Hasher';

/** Writes a stack to a temporary file beside `path` and renames it when it is complete. */
export async function saveStack(
  stack: ImageStack,
  path: string,
  files: Pick<FileAccess, 'checksum'>,
  options: SaveOptions = {},
): Promise<void> {
  const { signal, onProgress, compression = 'none' } = options;
  const history = await withChecksums(stack.history, files, signal);
  const sink = await fileByteSink(resolve(path));
  const writerOptions = {
    signal,
    historyText: history.calls.length > 0 ? printMacro(history) : undefined,
    onPlane: (done: number, total: number) =>
      onProgress?.({ fraction: done / total, step: `Writing plane ${done} of ${total}` }),
  };
  await commitOrAbort(sink, async () => {
    if ((options.format ?? formatByName(path)) === 'imagej-tiff') {
      await writeImageJTiff(stack, sink, writerOptions);
    } else {
      await writeOmeTiff(stack, sink, {
        ...writerOptions,
        compression,
        hasher: sha256Hasher(),
        pack: packFast,
      });
    }
  });
}

/** The format that a name asks for: plain .tif is ImageJ's, everything else OME-TIFF. */
function formatByName(path: string): 'ome-tiff' | 'imagej-tiff' {
  return /\.tiff?$/i.test(path) && !/\.ome\.tiff?$/i.test(path) ? 'imagej-tiff' : 'ome-tiff';
}

/** The history with the checksum of each file that it opens, as far as the files are still there. */
async function withChecksums(
  history: History,
  files: Pick<FileAccess, 'checksum'>,
  signal?: AbortSignal,
): Promise<History> {
  const calls = await Promise.all(
    history.calls.map(async (call) => {
      const { path, sha256 } = call.params;
      if (call.command !== 'file.open' || typeof path !== 'string' || sha256) return call;
      const checksum = await files.checksum(path, signal).catch((error: unknown) => {
        signal?.throwIfAborted();
        if (error instanceof Error) return null;
        throw error;
      });
      return { ...call, params: { ...call.params, sha256: checksum } };
    }),
  );
  return { ...history, calls };
}
