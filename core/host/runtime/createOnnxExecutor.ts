import { availableParallelism } from 'node:os';
import type { ExecutorDevice, NetworkBlock, NetworkExecutor } from '#core/network/NetworkExecutor';
import type { WeightedGraph } from '#core/network/foldBatchNorm';
import { emitOnnx } from '#core/network/emitOnnx';
import { untilAborted } from '#core/host/untilAborted';
import { AxialError, cancelledError } from '#core/util/errors';
import {
  sessionInPlace,
  type CreateSession,
  type OnnxProvider,
  type OnnxSession,
} from './onnxSession';
import { trackRun } from './runsInProgress';

/** What computes, and with how many threads. */
export interface OnnxExecutorOptions {
  /** Tried in this order where there are several; the first that makes a session computes everything. @default ['cpu'] */
  readonly providers?: readonly OnnxProvider[];
  /** Threads of the CPU provider. @default the cores that this process may use */
  readonly threads?: number;
  /** Where sessions compute. @default on the calling thread */
  readonly createSession?: CreateSession;
}

const PROVIDER_NAMES: Record<OnnxProvider, string> = {
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  dml: 'GPU (DirectML)',
  coreml: 'Core ML',
  cuda: 'GPU (CUDA)',
};

/**
 * Runs a graph with ONNX Runtime. A model is emitted for the number of input images at hand, so
 * that the recurrence is unrolled and every provider can run it; sessions are made when a block of so
 * many images first comes, and kept by that number.
 *
 * @throws AxialError DeviceError when none of several providers makes a session, with the reason of each
 */
export async function createOnnxExecutor(
  network: WeightedGraph,
  options: OnnxExecutorOptions = {},
): Promise<NetworkExecutor> {
  const {
    providers = ['cpu'],
    threads = availableParallelism(),
    createSession = sessionInPlace,
  } = options;
  const makeSession = async (provider: OnnxProvider, inputCount: number): Promise<OnnxSession> =>
    createSession(emitOnnx(network, { inputCount }), provider, threads);
  const provider = await firstThatStarts(providers, (candidate) => makeSession(candidate, 1));
  return new OnnxExecutor(network, describeDevice(provider, threads), (inputCount) =>
    makeSession(provider, inputCount),
  );
}

/** Tries providers by making a session; a single one is no choice, and shows at work whether it works. */
async function firstThatStarts(
  providers: readonly OnnxProvider[],
  start: (provider: OnnxProvider) => Promise<OnnxSession>,
): Promise<OnnxProvider> {
  const [only, ...others] = providers;
  if (only !== undefined && others.length === 0) return only;
  const reasons: string[] = [];
  for (const provider of providers) {
    try {
      await (await start(provider)).release();
      return provider;
    } catch (error) {
      reasons.push(`${PROVIDER_NAMES[provider]}: ${messageOf(error)}`);
    }
  }
  throw new AxialError(
    'DeviceError',
    `ONNX Runtime could not start. ${reasons.join(' ')}`,
    'Choose the CPU as the device, or check the graphics driver.',
  );
}

/** How the runtime, its providers, drivers and JavaScript say that memory is short. */
const OUT_OF_MEMORY = /out of memory|alloc|insufficient memory|OOM\b/i;

class OnnxExecutor implements NetworkExecutor {
  readonly device: ExecutorDevice;
  readonly #network: WeightedGraph;
  readonly #makeSession: (inputCount: number) => Promise<OnnxSession>;
  readonly #sessions = new Map<number, Promise<OnnxSession>>();

  constructor(
    network: WeightedGraph,
    device: ExecutorDevice,
    makeSession: (inputCount: number) => Promise<OnnxSession>,
  ) {
    this.#network = network;
    this.#makeSession = makeSession;
    this.device = device;
  }

  prepare(inputCount: number): void {
    this.#session(inputCount).catch(() => undefined);
  }

  async run(block: NetworkBlock, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>> {
    if (signal?.aborted) throw cancelledError(signal.reason);
    const channels = this.#network.graph.input.channels.length;
    const shape = [block.inputCount, channels, block.height, block.width];
    const session = await this.#session(block.inputCount);
    const running = session
      .run(block.data, shape, signal)
      .catch((cause: unknown) => Promise.reject(this.#failure('computing', cause)));
    // The runtime cannot be stopped; whoever waits for it can be let go.
    const values = await untilAborted(trackRun(running), signal);
    if (values === null) throw this.#failure('computing', 'The result has another number type.');
    return values;
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }

  #session(inputCount: number): Promise<OnnxSession> {
    const known = this.#sessions.get(inputCount);
    if (known) return known;
    const made = trackRun(this.#makeSession(inputCount)).catch((cause: unknown) => {
      this.#sessions.delete(inputCount);
      throw this.#failure('loading the model', cause);
    });
    this.#sessions.set(inputCount, made);
    return made;
  }

  #failure(step: string, cause: unknown): AxialError {
    return new AxialError(
      'DeviceError',
      `${this.device.description} failed while ${step}: ${messageOf(cause)}`,
      'Use smaller tiles, close other programs, or choose another device.',
      {
        cause,
        details: {
          provider: this.device.provider,
          outOfMemory: OUT_OF_MEMORY.test(messageOf(cause)),
        },
      },
    );
  }
}

function describeDevice(provider: OnnxProvider, threads: number): ExecutorDevice {
  const name = PROVIDER_NAMES[provider];
  if (provider !== 'cpu') return { provider, threads: null, description: name };
  const words = threads === 1 ? '1 thread' : `${threads} threads`;
  return { provider, threads, description: `${name} (${words})` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
