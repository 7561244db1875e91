import { basename, resolve } from 'node:path';
import type { FileAccess, SaveOptions } from '#core/command/CommandContext';
import { printMacro } from '#core/command/printMacro';
import type { CommandCall, History } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import type { ByteSink } from '#core/io/ByteSink';
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
  const sink = await fileByteSink(resolve(path));
  await commitOrAbort(sink, async () => {
    const history = await withChecksums(stack.history, files, options);
    await write(stack, sink, history, options.format ?? formatByName(path), options);
  });
}

async function write(
  stack: ImageStack,
  sink: ByteSink,
  history: History,
  format: 'ome-tiff' | 'imagej-tiff',
  { signal, onProgress, compression = 'none' }: SaveOptions,
): Promise<void> {
  const writerOptions = {
    signal,
    historyText: history.calls.length > 0 ? printMacro(history) : undefined,
    onPlane: (done: number, total: number) =>
      onProgress?.({ fraction: done / total, step: `Writing plane ${done} of ${total}` }),
  };
  if (format === 'imagej-tiff') return writeImageJTiff(stack, sink, writerOptions);
  return writeOmeTiff(stack, sink, {
    ...writerOptions,
    compression,
    hasher: sha256Hasher(),
    pack: packFast,
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
  { signal, onProgress }: SaveOptions,
): Promise<History> {
  const calls: CommandCall[] = [];
  for (const call of history.calls) {
    const { path, sha256 } = call.params;
    if (call.command !== 'file.open' || typeof path !== 'string' || sha256) {
      calls.push(call);
      continue;
    }
    const step = `Taking the checksum of ${basename(path)}`;
    const told = (fraction: number): void => onProgress?.({ fraction, step });
    const checksum = await files.checksum(path, signal, told).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (error instanceof Error) return null;
      throw error;
    });
    calls.push({ ...call, params: { ...call.params, sha256: checksum } });
  }
  return { ...history, calls };
}
