import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** Execution providers of ONNX Runtime that Axial knows by name. */
export type OnnxProvider = 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';

/** What a network made of some data. */
export interface OnnxResult {
  /** `null` when the result is no array of real numbers. */
  readonly values: Float32Array<ArrayBuffer> | null;
  /** What it was fed, back from where it was run. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** One network, ready to run. */
export interface OnnxSession {
  /** Runs it on float32 values of axes `shape`, which may move to another thread and come back with the result. */
  run(
    data: Float32Array<ArrayBuffer>,
    shape: readonly number[],
    signal?: AbortSignal,
  ): Promise<OnnxResult>;
  release(): Promise<void>;
}

/** Makes a session from the bytes of an ONNX file. */
export type CreateSession = (
  model: Uint8Array,
  provider: OnnxProvider,
  threads: number,
) => Promise<OnnxSession>;

/** The runtime, loaded when a network is first run: everything else starts without it. */
const runtime = (): Promise<typeof import('onnxruntime-node')> => import('onnxruntime-node');

/** A session over the bytes of an ONNX file; the runtime prints nothing. */
export async function createOnnxSession(
  model: Uint8Array,
  provider: OnnxProvider,
  threads: number,
): Promise<InferenceSession> {
  const { InferenceSession } = await runtime();
  return InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    // A plan of all memory, which the runtime would make in the first run, is kept beside what that run took: half as
    // much again at 1024 x 1024 pixels, and nothing is faster for it.
    enableMemPattern: false,
    intraOpNumThreads: threads,
    logSeverityLevel: 4,
  });
}

/** A session that computes on the thread that calls it, which the runtime blocks meanwhile. */
export const sessionInPlace: CreateSession = async (model, provider, threads) => {
  const { Tensor } = await runtime();
  const session = await createOnnxSession(model, provider, threads);
  const [input = ''] = session.inputNames;
  const [output = ''] = session.outputNames;
  return {
    async run(data, shape) {
      const results = await session.run({ [input]: new Tensor('float32', data, shape) });
      return { values: realNumbers(await results[output]?.getData()), data };
    },
    release: () => session.release(),
  };
};

/** Networks of others also give bytes and whole numbers, masks for instance. */
function realNumbers(values: Tensor.DataType | undefined): Float32Array<ArrayBuffer> | null {
  if (values === undefined || Array.isArray(values)) return null;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return Float32Array.from(values, Number);
  }
  return new Float32Array(values);
}
