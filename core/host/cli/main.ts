import { availableParallelism } from 'node:os';
import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import type { EngineApi } from '#core/command/engineApi';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { startEngine } from '#core/host/engine/startEngine';
import { deviceFromEnvironment } from '#core/host/runtime/deviceFromEnvironment';
import { runsEnded } from '#core/host/runtime/runsInProgress';
import { cli } from './cli';
import { requireWritable } from './requireWritable';

/**
 * The program "axial".
 *
 * @param root folder that holds `assets/`
 * @param workerEntry the bundled worker
 * @param words the command line without the program's name
 * @returns the exit code
 */
export async function main(
  root: string,
  workerEntry: URL,
  words: readonly string[],
): Promise<number> {
  const controller = new AbortController();
  // A second Ctrl-C ends the program at once, in case something does not listen.
  process.once('SIGINT', () => controller.abort());
  process.once('SIGTERM', () => controller.abort());
  let running: (EngineApi & { close(): Promise<void> }) | null = null;
  // A reader that has seen enough ("axial commands | head") is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  const files = createFileAccess();
  const code = await cli(words, {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: controller.signal,
    commands: () => Promise.resolve([...commands.values()].map(describeCommand)),
    engine: ({ threads, device }) =>
      (running = startEngine({
        root,
        workerEntry,
        threads: threads ?? (Number(process.env['AXIAL_THREADS']) || availableParallelism()),
        device: device ?? deviceFromEnvironment(),
        eager: false,
      })),
    writeText: (path, text) => files.saveText(path, text),
    requireWritable,
  });
  if (controller.signal.aborted) await leave(code);
  await (running as { close(): Promise<void> } | null)?.close();
  return code;
}

/** The runtime is given this long to end a computation that it cannot be told to stop. */
const PATIENCE_MS = 400;

/**
 * Ends the program although something may still compute. An exit would wait for the runtime's
 * threads; the signal does not, and a shell reports it with the same code, 130.
 */
async function leave(code: number): Promise<void> {
  if (await runsEnded(PATIENCE_MS)) process.exit(code);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}
