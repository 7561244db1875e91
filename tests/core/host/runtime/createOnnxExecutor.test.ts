import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { createOnnxSession, sessionInPlace } from '#core/host/runtime/onnxSession';
import { ONNX_INPUT, ONNX_OUTPUT, emitOnnx } from '#core/network/emitOnnx';
import { narrowToHalf, widenHalf } from '#core/network/halfPrecision';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { emittedOnnx } from '#core/network/OnnxSource';
import { recurrentMz } from '#core/network/recurrentMz';
import { unet3d } from '#core/network/unet3d';
import { noise, randomWeights } from '#tests/helpers/randomWeights';
import { maxDifference, networkArray, smallNetwork } from '#tests/helpers/networkFixtures';

const TOLERANCE = 1e-5;

describe.each(['plain', 'anchored'] as const)('ONNX Runtime with the %s network', (variant) => {
  const network = smallNetwork(variant);
  let executor: NetworkExecutor;
  beforeAll(async () => {
    executor = createOnnxExecutor(emittedOnnx(network), { threads: 1 });
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

  it('computes from a file with kernels in half precision what rounded kernels give', async () => {
    const rounded = [...network.weights].map(([name, { shape, data }]) => {
      const kept = shape.length > 1 ? widenHalf(narrowToHalf(data)) : data;
      return [name, { shape, data: kept }] as const;
    });
    const exact = createOnnxExecutor(emittedOnnx({ ...network, weights: new Map(rounded) }), {
      threads: 1,
    });
    const { shape, data } = networkArray('images3');
    const expected = await exact.run({ inputCount: 3, height: shape[2], width: shape[3], data });
    await exact.dispose();
    for (const inputCount of ['any', 3] as const) {
      const model = emitOnnx(network, { inputCount, halfKernels: true });
      const session = await createOnnxSession(model, 'cpu', 1);
      const results = await session.run({ [ONNX_INPUT]: new Tensor('float32', data, [...shape]) });
      const plane = results[ONNX_OUTPUT].data as Float32Array;
      await session.release();
      expect(maxDifference(plane, expected)).toBeLessThan(TOLERANCE);
      expect(maxDifference(plane, networkArray(`${variant}3`).data)).toBeGreaterThan(TOLERANCE);
    }
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

  it('continues an image of odd size by its edge pixels', async () => {
    const [height, width] = [5, 7];
    const data = noise(2 * height * width, 3);
    const plane = await executor.run({ inputCount: 1, height, width, data });
    const whole = Float32Array.from({ length: 2 * 8 * 8 }, (_, i) => {
      const [c, y, x] = [i >> 6, Math.min((i >> 3) & 7, height - 1), Math.min(i & 7, width - 1)];
      return data[(c * height + y) * width + x];
    });
    const expected = await executor.run({ inputCount: 1, height: 8, width: 8, data: whole });
    expect(plane).toHaveLength(height * width);
    plane.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[8 * Math.floor(i / width) + (i % width)], 5);
    });
  });

  it('gives the memory of a block again once it has run, to one of the same size', async () => {
    const { data, shape } = networkArray('images2');
    const [inputCount, , height, width] = shape;
    const own = executor.memory(data.length);
    own.set(data);
    const plane = await executor.run({ inputCount, height, width, data: own });
    const again = executor.memory(data.length);
    expect(again).toBe(own);
    again.set(data);
    expect(executor.memory(data.length)).not.toBe(own);
    expect(await executor.run({ inputCount, height, width, data: again })).toEqual(plane);
    expect(executor.memory(data.length + 2)).toEqual(new Float32Array(data.length + 2));
  });

  it('stops when it is told to', async () => {
    const block = { inputCount: 1, height: 4, width: 4, data: new Float32Array(32) };
    await expect(executor.run(block, AbortSignal.abort())).rejects.toMatchObject({
      tag: 'CancelledError',
    });
  });

  it('reports a block that does not fit as a failure of the device', async () => {
    const block = { inputCount: 1, height: 8, width: 8, data: new Float32Array(72) };
    await expect(executor.run(block)).rejects.toMatchObject({ tag: 'DeviceError' });
  });
});

describe('createOnnxExecutor', () => {
  it.each([
    [
      '/onnx/core/webgpu_context.cc:136 ns::Initialize(const Config&)::<lambda()> ok(x) == yes was false. No adapter.\n',
      'GPU (WebGPU) failed while loading the model: No adapter.',
    ],
    ['no driver', 'GPU (WebGPU) failed while loading the model: no driver'],
  ])('says in words what a processor misses, and what to do instead: %j', async (raw, message) => {
    const executor = createOnnxExecutor(emittedOnnx(smallNetwork('plain')), {
      provider: 'webgpu',
      createSession: () => Promise.reject(new Error(raw)),
    });
    const block = { inputCount: 1, height: 4, width: 4, data: new Float32Array(32) };
    await expect(executor.run(block)).rejects.toMatchObject({
      ...{ tag: 'DeviceError', message },
      remedy: expect.stringContaining('--device cpu') as unknown,
    });
  });

  it('makes a session for the numbers of images that come, and no other', async () => {
    const models: Uint8Array[] = [];
    const network = smallNetwork('plain');
    const executor = createOnnxExecutor(emittedOnnx(network), {
      createSession: (model, provider, threads) => {
        models.push(model);
        return sessionInPlace(model, provider, threads);
      },
    });
    expect(models).toHaveLength(0);
    executor.prepare(3);
    expect(models).toHaveLength(1);
    for (const inputCount of [3, 3, 2]) {
      const data = new Float32Array(2 * inputCount * 64);
      await executor.run({ inputCount, height: 8, width: 8, data });
    }
    const expected = [3, 2].map((inputCount) => emitOnnx(network, { inputCount }));
    expect(models).toEqual(expected);
    await executor.dispose();
  });

  it.each([recurrentMz({ channels: 12, levels: 3 }), unet3d({ channels: 6, levels: 3 })])(
    'computes the same with whole fours of channels',
    async (graph) => {
      const network = { graph, weights: randomWeights(graph) };
      const block = () => ({ inputCount: 2, height: 8, width: 12, data: noise(4 * 96, 9) });
      const planes: Float32Array[] = [];
      for (const channelsByFour of [false, true]) {
        const emitted = emittedOnnx(network);
        const onnx = (inputCount: number) => emitted.onnx(inputCount, { channelsByFour });
        const executor = createOnnxExecutor({ ...emitted, onnx }, { threads: 1 });
        planes.push(await executor.run(block()));
        await executor.dispose();
      }
      expect(emitOnnx(network, { inputCount: 2, channelsByFour: true }).length).toBeGreaterThan(
        emitOnnx(network, { inputCount: 2 }).length,
      );
      expect(maxDifference(planes[0], planes[1])).toBeLessThan(1e-5);
    },
  );
});
