import { describe, expect, it } from 'vitest';
import { chooseExecutor, type ExecutorTrial } from '#core/host/runtime/chooseExecutor';
import { likelyProcessors } from '#core/host/runtime/likelyProcessors';
import type { OnnxProvider } from '#core/host/runtime/onnxSession';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';

/** How an imagined processor does the test of a network. */
interface Processor {
  readonly ms?: number;
  readonly isWrong?: boolean;
  readonly fails?: string;
}

function trialOf(processors: { readonly [P in OnnxProvider]?: Processor }) {
  const made: OnnxProvider[] = [];
  const disposed: string[] = [];
  const trial: ExecutorTrial = {
    make(provider) {
      made.push(provider);
      return {
        device: { provider, threads: null, description: provider.toUpperCase() },
        memory: (length) => new Float32Array(length),
        prepare: () => undefined,
        run: () => Promise.reject(new Error('The test runs it.')),
        dispose: () => Promise.resolve(void disposed.push(provider)),
      };
    },
    async test({ device: { provider } }: NetworkExecutor) {
      const { ms = 0, isWrong = false, fails } = processors[provider as OnnxProvider] ?? {};
      if (fails !== undefined) throw new Error(fails);
      await new Promise((resolve) => setTimeout(resolve, ms));
      return { passed: !isWrong };
    },
    likely: { providers: ['webgpu', 'dml'], missingBecause: null },
  };
  return { trial, made, disposed };
}

describe('chooseExecutor', () => {
  it('takes the first graphics processor that is right and faster', async () => {
    const { trial, made, disposed } = trialOf({ cpu: { ms: 60 }, webgpu: { ms: 1 } });
    const { executor, gpuMissingBecause } = await chooseExecutor('auto', trial);
    expect(executor.device.provider).toBe('webgpu');
    expect(gpuMissingBecause).toBeNull();
    expect(made).not.toContain('dml');
    expect(disposed).toEqual(['cpu']);
  });

  it('stays with the CPU where processors fail, compute wrongly or are slow, and says so', async () => {
    const wrong = trialOf({ webgpu: { isWrong: true }, dml: { fails: 'No driver' } });
    const chosen = await chooseExecutor('auto', wrong.trial);
    expect(chosen.executor.device.provider).toBe('cpu');
    expect(chosen.gpuMissingBecause).toMatch(/WEBGPU computes .* wrongly.*No driver/);
    expect(wrong.disposed).toEqual(['webgpu', 'dml']);
    const slow = await chooseExecutor(
      'auto',
      trialOf({ webgpu: { ms: 60 }, dml: { ms: 60 } }).trial,
    );
    expect(slow.executor.device.provider).toBe('cpu');
    expect(slow.gpuMissingBecause).toMatch(/WEBGPU is slower than the CPU/);
  });

  it('tries nothing where no graphics processor shows', async () => {
    const { trial, made } = trialOf({});
    const likely = { providers: [], missingBecause: 'None here.' };
    const { gpuMissingBecause } = await chooseExecutor('auto', { ...trial, likely });
    expect(made).toEqual(['cpu']);
    expect(gpuMissingBecause).toBe('None here.');
  });

  it('takes a processor that was named however slow it is, but not a wrong one', async () => {
    const slow = trialOf({ cuda: { ms: 60 } });
    expect((await chooseExecutor('cuda', slow.trial)).executor.device.provider).toBe('cuda');
    const wrong = chooseExecutor('coreml', trialOf({ coreml: { isWrong: true } }).trial);
    await expect(wrong).rejects.toMatchObject({ tag: 'DeviceError' });
    const alone = trialOf({});
    await chooseExecutor('cpu', alone.trial);
    expect(alone.made).toEqual(['cpu']);
  });
});

describe('likelyProcessors', () => {
  it.each([
    ['linux', true, ['webgpu']],
    ['linux', false, []],
    ['win32', false, ['webgpu', 'dml']],
    ['darwin', false, ['webgpu', 'coreml']],
  ] as const)('knows what to try: %s, %s', (platform, hasNode, wanted) => {
    const { providers, missingBecause } = likelyProcessors(platform, () => hasNode);
    expect(providers).toEqual(wanted);
    expect(missingBecause === null).toBe(wanted.length > 0);
  });
});
