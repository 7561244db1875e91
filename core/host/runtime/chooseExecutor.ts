import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { AxialError, isAxialError } from '#core/util/errors';
import type { NetworkDevice } from '#core/network/networkDevices';
import type { LikelyProcessors } from './likelyProcessors';
import type { OnnxProvider } from './onnxSession';

/** What computes a network, and why no graphics processor does, `null` where one does. */
export interface ChosenExecutor {
  readonly executor: NetworkExecutor;
  readonly gpuMissingBecause: string | null;
}

/** How executors are made, and judged by the test that comes with their network. */
export interface ExecutorTrial {
  readonly make: (provider: OnnxProvider) => NetworkExecutor;
  readonly test: (executor: NetworkExecutor) => Promise<{ readonly passed: boolean }>;
  readonly likely: LikelyProcessors;
}

/**
 * Chooses what computes a network. Drivers differ, and some compute wrongly without a word: a graphics processor
 * takes part only after it has computed the network's own test as it should be and, on `auto`, faster than the
 * CPU, which a software renderer does not.
 *
 * @throws AxialError DeviceError when the processor that was named does not start or computes wrongly
 */
export async function chooseExecutor(
  device: NetworkDevice,
  trial: ExecutorTrial,
): Promise<ChosenExecutor> {
  if (device === 'auto') return fastest(trial);
  const executor = trial.make(device);
  if (device === 'cpu') return { executor, gpuMissingBecause: 'The CPU was asked for.' };
  await requireRight(executor, trial);
  return { executor, gpuMissingBecause: null };
}

async function fastest({ likely, ...trial }: ExecutorTrial): Promise<ChosenExecutor> {
  const cpu = trial.make('cpu');
  const reasons = likely.missingBecause === null ? [] : [likely.missingBecause];
  for (const provider of likely.providers) {
    const found = await timed(provider, trial).catch(messageOf);
    if (typeof found === 'string') {
      reasons.push(found);
      continue;
    }
    await trial.test(cpu);
    const cpuMs = await testMs(cpu, trial);
    if (found.ms < cpuMs) {
      await cpu.dispose();
      return { executor: found.executor, gpuMissingBecause: null };
    }
    await found.executor.dispose();
    reasons.push(`${found.executor.device.description} is slower than the CPU.`);
  }
  return { executor: cpu, gpuMissingBecause: reasons.join(' ') };
}

async function timed(provider: OnnxProvider, trial: Omit<ExecutorTrial, 'likely'>) {
  const executor = trial.make(provider);
  try {
    await requireRight(executor, trial);
    return { executor, ms: await testMs(executor, trial) };
  } catch (error) {
    await executor.dispose().catch(() => undefined);
    throw error;
  }
}

async function requireRight(
  executor: NetworkExecutor,
  { test }: Pick<ExecutorTrial, 'test'>,
): Promise<void> {
  const { passed } = await test(executor);
  if (passed) return;
  throw new AxialError(
    'DeviceError',
    `${executor.device.description} computes the model's own test wrongly.`,
    'Choose the CPU as the device, or install another graphics driver.',
  );
}

/** Of an executor that has done the test before: in the first one, sessions are made and programs compiled. */
async function testMs(
  executor: NetworkExecutor,
  { test }: Pick<ExecutorTrial, 'test'>,
): Promise<number> {
  const startedMs = performance.now();
  await test(executor);
  return performance.now() - startedMs;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isAxialError(error) ? error.message : `${error.message}.`;
}
