import { availableParallelism } from 'node:os';
import type { ExecutorDevice, NetworkBlock, NetworkExecutor } from '#core/network/NetworkExecutor';
import type { OnnxSource } from '#core/network/OnnxSource';
import { untilAborted } from '#core/util/untilAborted';
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
  /** @default 'cpu' */
  readonly provider?: OnnxProvider;
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
 * Runs a network with ONNX Runtime. Where each number of input images has a file of its own, sessions
 * are made when a block of so many images first comes, and kept by that number.
 */
export function createOnnxExecutor(
  network: OnnxSource,
  options: OnnxExecutorOptions = {},
): NetworkExecutor {
  const {
    provider = 'cpu',
    threads = availableParallelism(),
    createSession = sessionInPlace,
  } = options;
  const channelsByFour = provider === 'webgpu';
  return new OnnxExecutor(network, describeDevice(provider, threads), async (inputCount) =>
    createSession(network.onnx(inputCount, { channelsByFour }), provider, threads),
  );
}

/** How the runtime, its providers, drivers and JavaScript say that memory is short. */
const OUT_OF_MEMORY = /out of memory|alloc|insufficient memory|OOM\b/i;

/** How the runtime says that a network is made for other numbers than it was fed. */
const OTHER_NUMBERS = /unexpected input data type/i;

function otherNumbers(cause: unknown): AxialError {
  return new AxialError(
    'UnsupportedFileError',
    'The network takes numbers of another type; Axial feeds float32.',
    'Ask the authors of the model for ONNX weights that take float32.',
    { cause },
  );
}

class OnnxExecutor implements NetworkExecutor {
  readonly device: ExecutorDevice;
  readonly #network: OnnxSource;
  readonly #makeSession: (inputCount: number) => Promise<OnnxSession>;
  readonly #sessions = new Map<number, Promise<OnnxSession>>();
  /** Data of the last block that was run: new memory of a large one takes a twentieth of the time that it computes. */
  #spare: Float32Array<ArrayBuffer> | null = null;

  constructor(
    network: OnnxSource,
    device: ExecutorDevice,
    makeSession: (inputCount: number) => Promise<OnnxSession>,
  ) {
    this.#network = network;
    this.#makeSession = makeSession;
    this.device = device;
  }

  memory(length: number): Float32Array<ArrayBuffer> {
    const spare = this.#spare;
    this.#spare = null;
    return spare?.length === length ? spare : new Float32Array(length);
  }

  prepare(inputCount: number): void {
    this.#session(this.#fileFor(inputCount)).catch(() => undefined);
  }

  async run(block: NetworkBlock, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>> {
    if (signal?.aborted) throw cancelledError(signal.reason);
    const shape = this.#network.shape(block);
    const session = await this.#session(this.#fileFor(block.inputCount));
    const running = session
      .run(block.data, shape, signal)
      .catch((cause: unknown) => Promise.reject(this.#failure('computing', cause)));
    // The runtime cannot be stopped; whoever waits for it can be let go.
    const { values, data } = await untilAborted(trackRun(running), signal);
    this.#spare = data;
    if (values === null) throw this.#failure('computing', 'The result holds no real numbers.');
    return values;
  }

  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    this.#spare = null;
    for (const session of sessions) await (await session).release();
  }

  /** The number of images that stands for the file which serves so many. */
  #fileFor(inputCount: number): number {
    return this.#network.servesAnyCount ? 1 : inputCount;
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
    if (OTHER_NUMBERS.test(messageOf(cause))) return otherNumbers(cause);
    return new AxialError(
      'DeviceError',
      `${this.device.description} failed while ${step}: ${inWords(messageOf(cause))}`,
      this.device.provider === 'cpu' ? CPU_REMEDY : GPU_REMEDY,
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

const CPU_REMEDY = 'Close other programs, or try a smaller part of the image.';
const GPU_REMEDY =
  'Compute on the CPU (--device cpu; in the window Edit > Compute Networks On), or install another graphics driver.';

/** Where in its source the runtime stopped, and what it tested there, tells users nothing. */
const PLACE_IN_SOURCE = /\S+\.(?:cc|cpp|cu|h):\d+\s.*?\bwas false\.\s*/gs;

function inWords(message: string): string {
  return message.replace(PLACE_IN_SOURCE, '').trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
