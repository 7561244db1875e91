import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ONNX_INPUT, ONNX_OUTPUT } from '#core/network/emitOnnx';

/** Execution providers of ONNX Runtime that Axial knows by name. */
export type OnnxProvider = 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';

/** One network, ready to run. */
export interface OnnxSession {
  /**
   * Runs it on float32 values of axes `shape`, which may move away to another thread; `null` when the
   * result has another number type.
   */
  run(
    data: Float32Array<ArrayBuffer>,
    shape: readonly number[],
    signal?: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer> | null>;
  release(): Promise<void>;
}

/** Makes a session from the bytes of an ONNX file. */
export type CreateSession = (
  model: Uint8Array,
  provider: OnnxProvider,
  threads: number,
) => Promise<OnnxSession>;

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

/** A session that computes on the thread that calls it, which the runtime blocks meanwhile. */
export const sessionInPlace: CreateSession = async (model, provider, threads) => {
  const session = await createOnnxSession(model, provider, threads);
  return {
    async run(data, shape) {
      const results = await session.run({ [ONNX_INPUT]: new Tensor('float32', data, shape) });
      const values = await results[ONNX_OUTPUT]?.getData();
      return values instanceof Float32Array ? new Float32Array(values) : null;
    },
    release: () => session.release(),
  };
};
