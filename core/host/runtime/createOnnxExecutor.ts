import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ExecutorDevice, NetworkBlock, NetworkExecutor } from '#core/network/NetworkExecutor';
import type { WeightedGraph } from '#core/network/foldBatchNorm';
import { ONNX_INPUT, ONNX_OUTPUT, emitOnnx } from '#core/network/emitOnnx';
import { untilAborted } from '#core/host/untilAborted';
import { AxialError, cancelledError } from '#core/util/errors';
import { trackRun } from './runsInProgress';

/** Execution providers of ONNX Runtime that Axial knows by name. */
export type OnnxProvider = 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';

/** What computes, and with how many threads. */
export interface OnnxExecutorOptions {
  /** Tried in this order; the first that makes a session computes everything. @default ['cpu'] */
  readonly providers?: readonly OnnxProvider[];
  /** Threads of the CPU provider. @default the cores that this process may use */
  readonly threads?: number;
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
 * that the recurrence is unrolled and every provider can run it; sessions are kept by that number.
 * The provider is chosen once, by making a session for one image.
 *
 * @throws AxialError DeviceError when no provider makes a session, with the reason of each
 */
export async function createOnnxExecutor(
  network: WeightedGraph,
  options: OnnxExecutorOptions = {},
): Promise<NetworkExecutor> {
  const { providers = ['cpu'], threads = availableParallelism() } = options;
  const reasons: string[] = [];
  for (const provider of providers) {
    try {
      const session = await createSession(network, 1, provider, threads);
      return new OnnxExecutor(network, provider, threads, session);
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

class OnnxExecutor implements NetworkExecutor {
  readonly device: ExecutorDevice;
  readonly #network: WeightedGraph;
  readonly #provider: OnnxProvider;
  readonly #threads: number;
  readonly #sessions = new Map<number, Promise<InferenceSession>>();

  constructor(
    network: WeightedGraph,
    provider: OnnxProvider,
    threads: number,
    sessionForOne: InferenceSession,
  ) {
    this.#network = network;
    this.#provider = provider;
    this.#threads = threads;
    this.#sessions.set(1, Promise.resolve(sessionForOne));
    this.device = describeDevice(provider, threads);
  }

  async run(block: NetworkBlock, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>> {
    if (signal?.aborted) throw cancelledError(signal.reason);
    const channels = this.#network.graph.input.channels.length;
    const shape = [block.inputCount, channels, block.height, block.width];
    const images = new Tensor('float32', block.data, shape);
    const session = await this.#session(block.inputCount);
    const running = session
      .run({ [ONNX_INPUT]: images })
      .catch((cause: unknown) => Promise.reject(this.#failure('computing', cause)));
    // The runtime cannot be stopped; whoever waits for it can be let go.
    const results = await untilAborted(trackRun(running), signal);
    const plane = results[ONNX_OUTPUT];
    const values = await plane?.getData();
    if (!(values instanceof Float32Array)) {
      throw this.#failure('computing', 'The result has another number type.');
    }
    return new Float32Array(values);
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }

  #session(inputCount: number): Promise<InferenceSession> {
    const known = this.#sessions.get(inputCount);
    if (known) return known;
    const made = createSession(this.#network, inputCount, this.#provider, this.#threads).catch(
      (cause: unknown) => {
        this.#sessions.delete(inputCount);
        throw this.#failure('loading the model', cause);
      },
    );
    this.#sessions.set(inputCount, made);
    return made;
  }

  #failure(step: string, cause: unknown): AxialError {
    return new AxialError(
      'DeviceError',
      `${this.device.description} failed while ${step}: ${messageOf(cause)}`,
      'Use smaller tiles, close other programs, or choose another device.',
      { cause, details: { provider: this.#provider } },
    );
  }
}

function createSession(
  network: WeightedGraph,
  inputCount: number,
  provider: OnnxProvider,
  threads: number,
): Promise<InferenceSession> {
  return createOnnxSession(emitOnnx(network, { inputCount }), provider, threads);
}

/** A session over the bytes of an ONNX file; the runtime prints nothing. */
export function createOnnxSession(
  model: Uint8Array,
  provider: OnnxProvider,
  threads: number,
): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    logSeverityLevel: 4,
  });
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
