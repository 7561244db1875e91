import { pathToFileURL } from 'node:url';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { EngineApi } from '#core/command/engineApi';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { createModelLibrary } from '#core/host/runtime/createModelLibrary';
import type { NetworkDevice } from '#core/network/networkDevices';
import { sessionsOnThread } from '#core/host/runtime/sessionsOnThread';
import { workerPool } from '#core/host/worker/workerPool';
import { createEngine } from './createEngine';

/** Where the installation lies, and how much of the machine to use. */
export interface StartOptions {
  /** Folder that holds `assets/`. */
  readonly root: string;
  /** The bundled `core/host/worker/main.ts`, as a path or URL; without it tasks run in place. */
  readonly workerEntry: string | URL | null;
  /** Worker threads, and threads of the network runtime. */
  readonly threads: number;
  /** What computes networks. */
  readonly device: NetworkDevice;
  /** See `EngineOptions.eager`. */
  readonly eager: boolean;
}

const MIB = 1024 ** 2;
/** Room for the neighbours that a registration reads again; a command reads other planes once. */
const COMMAND_CACHE = 192 * MIB;

/** Memory for planes: an eighth of the machine's for a window, which shows them again. */
function cacheBytes(eager: boolean): number {
  if (!eager) return COMMAND_CACHE;
  return Math.min(2048 * MIB, Math.max(512 * MIB, totalmem() / 8));
}

/** The engine on this machine, with worker threads, models and samples of the installation. */
export function startEngine(options: StartOptions): EngineApi & { close(): Promise<void> } {
  const { root, workerEntry, threads, device, eager } = options;
  const entry = typeof workerEntry === 'string' ? pathToFileURL(workerEntry) : workerEntry;
  const pool = entry && workerPool(entry, threads);
  const network = entry && sessionsOnThread(entry);
  const tasks = pool ?? inlineTaskRunner();
  const models = createModelLibrary({
    folder: join(root, 'assets', 'models'),
    ...{ threads, device },
    tasks,
    ...(network && { createSession: network.create }),
  });
  const engine = createEngine({
    tasks,
    models,
    samplesFolder: join(root, 'assets', 'samples'),
    eager,
    cacheBytes: cacheBytes(eager),
  });
  return {
    ...engine,
    async close() {
      for (const { id } of await engine.documents()) await engine.closeDocument(id);
      await pool?.close();
      await network?.close();
    },
  };
}
