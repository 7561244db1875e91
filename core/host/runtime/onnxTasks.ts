import {
  sessionInPlace,
  type OnnxProvider,
  type OnnxResult,
  type OnnxSession,
} from './onnxSession';

const sessions = new Map<number, OnnxSession>();
let nextSession = 1;

/** What the network's thread does; sessions stay on it and are called by number. */
export const onnxTasks = {
  async onnxCreate(input: {
    model: Uint8Array;
    provider: OnnxProvider;
    threads: number;
  }): Promise<number> {
    const id = nextSession++;
    sessions.set(id, await sessionInPlace(input.model, input.provider, input.threads));
    return id;
  },
  async onnxRun(input: {
    session: number;
    data: Float32Array<ArrayBuffer>;
    shape: readonly number[];
  }): Promise<OnnxResult> {
    const session = sessions.get(input.session);
    if (!session) throw new RangeError(`There is no session ${input.session}.`);
    return session.run(input.data, input.shape);
  },
  async onnxRelease(input: { session: number }): Promise<void> {
    await sessions.get(input.session)?.release();
    sessions.delete(input.session);
  },
};
