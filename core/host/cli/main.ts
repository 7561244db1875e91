import { availableParallelism } from 'node:os';
import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import type { EngineApi } from '#core/command/engineApi';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { startEngine } from '#core/host/engine/startEngine';
import { cli } from './cli';

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
  const files = createFileAccess();
  const code = await cli(words, {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: controller.signal,
    commands: () => Promise.resolve([...commands.values()].map(describeCommand)),
    engine: (threads) =>
      (running = startEngine({
        root,
        workerEntry,
        threads: threads ?? (Number(process.env['AXIAL_THREADS']) || availableParallelism()),
        eager: false,
      })),
    writeText: (path, text) => files.saveText(path, text),
  });
  await (running as { close(): Promise<void> } | null)?.close();
  return code;
}
