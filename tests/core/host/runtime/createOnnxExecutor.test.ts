import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { createOnnxSession } from '#core/host/runtime/onnxSession';
import { ONNX_INPUT, ONNX_OUTPUT, emitOnnx } from '#core/network/emitOnnx';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { maxDifference, networkArray, smallNetwork } from '#tests/helpers/networkFixtures';

const TOLERANCE = 1e-5;

describe.each(['plain', 'anchored'] as const)('ONNX Runtime with the %s network', (variant) => {
  const network = smallNetwork(variant);
  let executor: NetworkExecutor;
  beforeAll(async () => {
    executor = await createOnnxExecutor(network, { threads: 1 });
  });
  afterAll(() => executor.dispose());

  it.each([1, 2, 3, 4, 5])('gives what PyTorch gives for %i images', async (inputCount) => {
    const images = networkArray(`images${inputCount}`);
    const [, , height, width] = images.shape;
    const plane = await executor.run({ inputCount, height, width, data: images.data });
    expect(maxDifference(plane, networkArray(`${variant}${inputCount}`).data)).toBeLessThan(
      TOLERANCE,
    );
  });

  it('gives the same from the one file that takes any number of images', async () => {
    const model = emitOnnx(network, { inputCount: 'any' });
    const session = await createOnnxSession(model, 'cpu', 1);
    for (const inputCount of [1, 2, 3, 4, 5]) {
      const images = networkArray(`images${inputCount}`);
      const tensor = new Tensor('float32', images.data, [...images.shape]);
      const results = await session.run({ [ONNX_INPUT]: tensor });
      const { dims, data } = results[ONNX_OUTPUT];
      expect(dims).toEqual([1, 1, ...images.shape.slice(2)]);
      const expected = networkArray(`${variant}${inputCount}`).data;
      expect(maxDifference(data as Float32Array, expected)).toBeLessThan(TOLERANCE);
    }
    await session.release();
  });

  it('depends on the order of the images: the last one leads', async () => {
    const images = networkArray('images3');
    const [, , height, width] = images.shape;
    const block = images.data.length / 3;
    const turned = Float32Array.from(images.data, (_, i) => images.data[(i + block) % (3 * block)]);
    const plane = await executor.run({ inputCount: 3, height, width, data: turned });
    expect(maxDifference(plane, networkArray(`${variant}3`).data)).toBeGreaterThan(0.01);
  });

  it('says what computes', () => {
    expect(executor.device).toEqual({ provider: 'cpu', threads: 1, description: 'CPU (1 thread)' });
  });

  it('stops when it is told to', async () => {
    const block = { inputCount: 1, height: 4, width: 4, data: new Float32Array(32) };
    await expect(executor.run(block, AbortSignal.abort())).rejects.toMatchObject({
      tag: 'CancelledError',
    });
  });

  it('reports a block that does not fit as a failure of the device', async () => {
    const block = { inputCount: 1, height: 6, width: 6, data: new Float32Array(72) };
    await expect(executor.run(block)).rejects.toMatchObject({ tag: 'DeviceError' });
  });
});

describe('createOnnxExecutor', () => {
  it('names every provider that failed', async () => {
    const started = createOnnxExecutor(smallNetwork('plain'), { providers: ['coreml', 'dml'] });
    const failed = process.platform === 'linux' ? started : Promise.reject(new Error('not here'));
    await expect(failed).rejects.toThrow(
      process.platform === 'linux' ? /Core ML.*DirectML/s : /not/,
    );
  });

  it('falls back to the next provider and says so', async () => {
    const providers = ['coreml', 'cpu'] as const;
    const executor = await createOnnxExecutor(smallNetwork('plain'), { providers, threads: 2 });
    if (process.platform === 'linux') expect(executor.device.description).toBe('CPU (2 threads)');
    else expect(executor.device.description).toMatch(/CPU|Core ML/);
    await executor.dispose();
  });
});
