import { z } from 'zod';
import { loadModelPackage, type ModelPackage } from '#core/network/loadModelPackage';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { readDescription } from '#core/network/packageFiles';
import { testModel } from '#core/network/testModel';
import { loadPlaneNetwork, type PlaneNetwork } from '#core/network/zoo/loadPlaneNetwork';
import { testPlaneNetwork } from '#core/reconstruct/testPlaneNetwork';
import { chooseExecutor, type ChosenExecutor, type ExecutorTrial } from './chooseExecutor';
import { createOnnxExecutor } from './createOnnxExecutor';
import type { NetworkDevice } from '#core/network/networkDevices';
import { likelyProcessors } from './likelyProcessors';
import type { CreateSession } from './onnxSession';
import { openPackage } from './openPackage';

/** Where packages lie, and on what they run. */
export interface ModelStart {
  /** Folder that holds one folder for each model package. */
  readonly folder: string;
  /** Threads of the CPU provider. @default the cores that this process may use */
  readonly threads?: number;
  /** @default 'cpu' */
  readonly device?: NetworkDevice;
  /** See `OnnxExecutorOptions.createSession`. */
  readonly createSession?: CreateSession;
}

/** A package with what computes it: it refocuses, or works on single planes. */
export type RunningModel = ChosenExecutor &
  (
    | { readonly kind: 'refocus'; readonly model: ModelPackage }
    | { readonly kind: 'plane'; readonly model: PlaneNetwork }
  );

/**
 * Reads a package and chooses what computes it.
 *
 * @param name of a folder in `folder`, or the path of a package
 * @throws AxialError as `ModelLibrary.load` does
 */
export async function startModel(
  name: string,
  { folder, threads, device = 'cpu', createSession }: ModelStart,
): Promise<RunningModel> {
  const { read, description } = await openPackage(folder, name);
  const document = await readDescription(read, description);
  const executorOf = (
    { network }: Pick<ModelPackage, 'network'>,
    test: ExecutorTrial['test'],
  ): Promise<ChosenExecutor> =>
    chooseExecutor(device, {
      make: (provider) =>
        createOnnxExecutor(network, {
          provider,
          ...(threads === undefined ? {} : { threads }),
          ...(createSession === undefined ? {} : { createSession }),
        }),
      test,
      likely: likelyProcessors(),
    });
  if (isMadeForAxial(document)) {
    const model = await loadModelPackage(document, read);
    const isAlike = async (executor: NetworkExecutor): Promise<{ readonly passed: boolean }> => {
      const { maxDifference } = await testModel(model, executor);
      return { passed: maxDifference <= MOST_DIFFERENCE };
    };
    return { kind: 'refocus', model, ...(await executorOf(model, isAlike)) };
  }
  const model = await loadPlaneNetwork(document, read);
  const test = (executor: NetworkExecutor) => testPlaneNetwork(model, executor);
  return { kind: 'plane', model, ...(await executorOf(model, test)) };
}

/** Devices compute the same network alike to this, in normalised grey levels. */
const MOST_DIFFERENCE = 1e-4;

/** A description says under `config.axial` what Axial has to know of heights and pixel sizes. */
function isMadeForAxial(document: unknown): boolean {
  return z.object({ config: z.object({ axial: z.unknown() }) }).safeParse(document).success;
}
