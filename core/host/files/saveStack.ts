import { basename, resolve } from 'node:path';
import type { FileAccess, SaveOptions } from '#core/command/CommandContext';
import { progressInParts } from '#core/command/progressInParts';
import { progressSideBySide } from '#core/command/progressSideBySide';
import { printMacro } from '#core/command/printMacro';
import type { CommandCall, History } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import type { ByteSink } from '#core/io/ByteSink';
import { writeImageJTiff } from '#core/io/tiff/writeImageJTiff';
import { writeOmeTiff } from '#core/io/tiff/writeOmeTiff';
import { AxialError, isAxialError } from '#core/util/errors';
import { commitOrAbort } from './commitOrAbort';
import { fileByteSink } from './fileByteSink';
import { packFast } from './packFast';
import { planeCheckpoints } from './planeCheckpoints';
import { sha256Hasher } from './sha256Hasher';

const ALL_DONE = { fraction: 1, step: 'Finishing' };

/**
 * Writes a stack to a temporary file beside `path` and renames it when it is complete. Planes of a slow
 * stack are kept as they are computed, in a readable file beside it that goes when the save is complete.
 */
export async function saveStack(
  stack: ImageStack,
  path: string,
  files: Checksums,
  options: SaveOptions = {},
): Promise<void> {
  if (stack.slow !== true) return saveWhole(stack, path, files, options);
  const history = await withChecksums(stack.history, files, { signal: options.signal });
  const partial = resolve(partialNameOf(path));
  const checkpoints = await planeCheckpoints(stack, {
    path: partial,
    historyText: history.calls.length === 0 ? null : printMacro(history),
    resume: options.resume === true,
  });
  if (checkpoints.found > 0) options.onResumed?.(checkpoints.found, checkpoints.total);
  try {
    await saveWhole({ ...checkpoints.stack, history }, path, files, options);
  } catch (error) {
    if (checkpoints.kept === 0) {
      await checkpoints.remove();
      throw error;
    }
    await checkpoints.close();
    throw withKept(error, partial, checkpoints.kept, checkpoints.total);
  }
  await checkpoints.remove();
}

/** "volume.ome.tif" as "volume.partial.ome.tif". */
function partialNameOf(path: string): string {
  return `${path.replace(/(\.ome)?\.tiff?$/i, '')}.partial.ome.tif`;
}

/** The failure, with where the finished planes are. */
function withKept(error: unknown, path: string, kept: number, total: number): unknown {
  if (!isAxialError(error)) return error;
  const { tag, message, remedy, details } = error;
  const advice = `${kept} of ${total} planes are kept in ${path}; the same command with --resume goes on from there.`;
  const all = tag === 'CancelledError' ? advice : `${remedy} ${advice}`;
  return new AxialError(tag, message, all, { details: { ...details, kept }, cause: error });
}

async function saveWhole(
  stack: ImageStack,
  path: string,
  files: Checksums,
  options: SaveOptions,
): Promise<void> {
  const sink = await fileByteSink(resolve(path), options.signal);
  const write = (options.format ?? formatByName(path)) === 'imagej-tiff' ? writeImageJ : writeOme;
  await commitOrAbort(sink, () => write(stack, sink, files, options));
}

type Checksums = Pick<FileAccess, 'checksum'>;

/** Checksums are taken while pixels are written, as OME-TIFF has the history behind them. */
async function writeOme(
  stack: ImageStack,
  sink: ByteSink,
  files: Checksums,
  { signal, onProgress, compression = 'none' }: SaveOptions,
): Promise<void> {
  const [onChecksum, onPixels] = progressSideBySide(onProgress);
  const historyText = printedHistory(stack.history, files, { signal, onProgress: onChecksum });
  // Should writing fail first, nobody waits for it any more.
  historyText?.catch(() => undefined);
  if (!historyText) onChecksum(ALL_DONE);
  await writeOmeTiff(stack, sink, {
    ...{ signal, onPlane: planeCounter(onPixels) },
    ...{ historyText, compression, hasher: sha256Hasher(), pack: packFast },
  });
}

/** Taking checksums is about this share of the work where they have to be known before the pixels. */
const CHECKSUM_SHARE = 0.25;

async function writeImageJ(
  stack: ImageStack,
  sink: ByteSink,
  files: Checksums,
  { signal, onProgress }: SaveOptions,
): Promise<void> {
  const partOf = progressInParts(onProgress);
  const checksums = { signal, onProgress: partOf(CHECKSUM_SHARE) };
  const historyText = await printedHistory(stack.history, files, checksums);
  await writeImageJTiff(stack, sink, {
    signal,
    historyText,
    onPlane: planeCounter(partOf(1)),
  });
}

type ProgressListener = NonNullable<SaveOptions['onProgress']>;

function planeCounter(onProgress: ProgressListener): (done: number, total: number) => void {
  return (done, total) =>
    onProgress({
      fraction: done / total,
      step: `Writing plane ${done} of ${total}`,
    });
}

/** The format that a name asks for: plain .tif is ImageJ's, everything else OME-TIFF. */
function formatByName(path: string): 'ome-tiff' | 'imagej-tiff' {
  return /\.tiff?$/i.test(path) && !/\.ome\.tiff?$/i.test(path) ? 'imagej-tiff' : 'ome-tiff';
}

/** The macro that made a stack, with the checksum of each file that it opens; `undefined` without one. */
function printedHistory(
  history: History,
  files: Checksums,
  options: Pick<SaveOptions, 'signal' | 'onProgress'>,
): Promise<string> | undefined {
  if (history.calls.length === 0) return undefined;
  return withChecksums(history, files, options).then(printMacro);
}

/** The history with the checksum of each file that it opens, as far as the files are still there. */
async function withChecksums(
  history: History,
  files: Checksums,
  { signal, onProgress }: Pick<SaveOptions, 'signal' | 'onProgress'>,
): Promise<History> {
  const partOf = progressInParts(onProgress);
  const unknown = history.calls.filter(lacksChecksum);
  const checksums = new Map<CommandCall, string | null>();
  for (const [i, call] of unknown.entries()) {
    const path = String(call.params['path']);
    const part = partOf(1 / (unknown.length - i));
    const step = `Taking the checksum of ${basename(path)}`;
    const told = (fraction: number): void => part({ fraction, step });
    const checksum = await files.checksum(path, signal, told).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (error instanceof Error) return null;
      throw error;
    });
    checksums.set(call, checksum);
  }
  onProgress?.(ALL_DONE);
  return {
    ...history,
    calls: history.calls.map((call) => {
      const sha256 = checksums.get(call);
      return sha256 === undefined ? call : { ...call, params: { ...call.params, sha256 } };
    }),
  };
}

function lacksChecksum({ command, params }: CommandCall): boolean {
  return command === 'file.open' && typeof params['path'] === 'string' && !params['sha256'];
}
