import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import type { NetworkExecutor } from '#core/network/NetworkExecutor';
import { coarsestScale, receptiveFieldRadius } from '#core/network/receptiveFieldRadius';
import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import type { ReconstructionBlock, RunBlock } from '#core/reconstruct/ReconstructionModel';
import { reconstructPlane } from '#core/reconstruct/reconstructPlane';
import { AxialError } from '#core/util/errors';
import { emittedOnnx } from '#core/network/OnnxSource';
import { maxDifference, smallNetwork } from '#tests/helpers/networkFixtures';

const network = smallNetwork('anchored');
const model = {
  multiplePx: coarsestScale(network.graph),
  receptiveFieldPx: (count: number) => receptiveFieldRadius(network.graph, count),
};

function randomPlane(length: number, seed: number): Float32Array<ArrayBuffer> {
  // Numerical Recipes' linear congruential generator; any texture will do.
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

function request(width: number, height: number, inputsZUm: readonly number[], targetZUm: number) {
  const inputs = inputsZUm.map((_, m) => randomPlane(width * height, m + 1));
  return { width, height, inputs, inputsZUm, targetZUm };
}

/** Gives the last image, so that tests see which one that is. */
const lastImage: RunBlock = ({ inputCount, width, height, data }) => {
  const area = width * height;
  return Promise.resolve(data.slice(2 * (inputCount - 1) * area, (2 * inputCount - 1) * area));
};

function outOfMemory(memory: boolean): AxialError {
  return new AxialError('DeviceError', 'no memory', '', { details: { outOfMemory: memory } });
}

describe('reconstructPlane with ONNX Runtime', () => {
  let executor: NetworkExecutor;
  const run: RunBlock = (block, signal) => executor.run(block, signal);
  beforeAll(async () => {
    executor = createOnnxExecutor(emittedOnnx(network), { threads: 1 });
  });
  afterAll(() => executor.dispose());

  it.each([1, 2, 3])('gives the same in tiles as in one piece, with %i images', async (count) => {
    const whole = request(150, 131, [0, 3, 6.5].slice(0, count), 2);
    const untiled = await reconstructPlane(whole, model, run);
    const tiled = await reconstructPlane(whole, model, run, { tilePx: 40 });
    const range =
      untiled.reduce((a, b) => Math.max(a, b)) - untiled.reduce((a, b) => Math.min(a, b));
    expect(maxDifference(tiled, untiled) / range).toBeLessThan(1e-4);
  });

  it('shows a seam when the halo is too small, so the test above can fail', async () => {
    const whole = request(150, 131, [0, 3], 2);
    const untiled = await reconstructPlane(whole, model, run);
    const tiled = await reconstructPlane(whole, model, run, { tilePx: 40, haloPx: 2 });
    expect(maxDifference(tiled, untiled)).toBeGreaterThan(1e-2);
  });

  it.each([
    [1, 1],
    [1, 7],
    [33, 5],
    [301, 17],
  ])('computes planes of %i x %i pixels', async (width, height) => {
    const plane = await reconstructPlane(request(width, height, [0, 3, 6], 4), model, run);
    expect(plane).toHaveLength(width * height);
    expect(plane.every(Number.isFinite)).toBe(true);
  });

  it('does not depend on the order in which inputs are given', async () => {
    const { inputs, inputsZUm, ...rest } = request(20, 12, [0, 3, 6, -3], 2);
    const expected = await reconstructPlane({ ...rest, inputs, inputsZUm }, model, run);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
        const shuffled = {
          ...rest,
          inputs: order.map((index) => inputs[index]),
          inputsZUm: order.map((index) => inputsZUm[index]),
        };
        const plane = await reconstructPlane(shuffled, model, run);
        expect(maxDifference(plane, expected)).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  it('takes one height for each pixel', async () => {
    const flat = request(24, 20, [0, 3, 6], 2.5);
    const map = new Float32Array(480).fill(2.5);
    const one = await reconstructPlane(flat, model, run);
    const many = await reconstructPlane({ ...flat, targetZUm: map }, model, run);
    expect(maxDifference(many, one)).toBeLessThan(1e-6);
    const tilted = map.map((z, i) => z + (i % 24) / 24);
    const other = await reconstructPlane({ ...flat, targetZUm: tilted }, model, run);
    expect(maxDifference(other, one)).toBeGreaterThan(1e-3);
  });

  it('is its anchor, linear interpolation, where the network adds nothing', async () => {
    const weights = new Map(network.weights);
    for (const name of ['prediction.weight', 'prediction.bias']) {
      const { shape, data } = weights.get(name) ?? { shape: [], data: new Float32Array() };
      weights.set(name, { shape, data: new Float32Array(data.length) });
    }
    const silent = createOnnxExecutor(emittedOnnx({ graph: network.graph, weights }), {
      threads: 1,
    });
    for (const target of [-2, 0, 1.1, 3, 5.9, 6, 9]) {
      const asked = request(16, 8, [6, 0, 3], target);
      const plane = await reconstructPlane(asked, model, (block) => silent.run(block));
      const linear = interpolatePlanes(asked.inputs, asked.inputsZUm, target, 'linear');
      expect(maxDifference(plane, linear)).toBeLessThan(1e-6);
    }
    await silent.dispose();
  });

  it('gives finite values for inputs with gaps', async () => {
    const gaps = request(20, 20, [0, 3], 1);
    gaps.inputs[0][7] = NaN;
    gaps.inputs[1][200] = Infinity;
    const plane = await reconstructPlane(gaps, model, run);
    expect(plane.every(Number.isFinite)).toBe(true);
  });

  it('accepts an input twice', async () => {
    const twice = request(16, 16, [1, 1], 2);
    expect((await reconstructPlane(twice, model, run)).every(Number.isFinite)).toBe(true);
  });
});

describe('reconstructPlane', () => {
  it('halves its tiles when memory runs out, until they fit', async () => {
    const asked = request(300, 200, [2, 0], 1.5);
    const sides: number[] = [];
    const small: RunBlock = (block, signal) => {
      if (block.width > 130) throw outOfMemory(true);
      return lastImage(block, signal);
    };
    const plane = await reconstructPlane(asked, { ...model, receptiveFieldPx: () => 8 }, small, {
      onSmallerTiles: (px) => sides.push(px),
    });
    expect(sides).toEqual([150, 75]);
    expect(maxDifference(plane, asked.inputs[0])).toBeLessThan(1e-6);
  });

  it('gives up with tiles that are small, and at once when it is not for memory', async () => {
    const asked = request(300, 200, [2, 0], 1.5);
    let calls = 0;
    const fails =
      (memory: boolean): RunBlock =>
      () => {
        calls++;
        throw outOfMemory(memory);
      };
    await expect(reconstructPlane(asked, model, fails(true))).rejects.toThrow('no memory');
    expect(calls).toBe(4);
    await expect(reconstructPlane(asked, model, fails(false))).rejects.toThrow('no memory');
    expect(calls).toBe(5);
  });

  it('puts the nearest image last, or keeps the order when asked to', async () => {
    const asked = request(16, 16, [2, 0, 5], 2.4);
    const nearest = await reconstructPlane(asked, model, lastImage);
    expect(nearest).toEqual(asked.inputs[0]);
    const given = await reconstructPlane(asked, model, lastImage, { order: 'asGiven' });
    expect(given).toEqual(asked.inputs[2]);
  });

  it('gives distances in tens of micrometres, target minus image', async () => {
    let seen: ReconstructionBlock | undefined;
    await reconstructPlane(request(4, 4, [1, 5], 3.5), model, (block) => {
      seen = block;
      return Promise.resolve(new Float32Array(block.width * block.height));
    });
    expect(seen).toMatchObject({ inputCount: 2, width: 4, height: 4 });
    expect([...(seen?.data.slice(16, 32) ?? [])]).toEqual(new Array(16).fill(0.25));
    expect(seen?.data[48]).toBeCloseTo(-0.15, 7);
  });

  it('reports progress and stops between tiles', async () => {
    const stop = new AbortController();
    const fractions: number[] = [];
    const work = reconstructPlane(request(64, 16, [0], 0), model, lastImage, {
      tilePx: 16,
      haloPx: 0,
      signal: stop.signal,
      onProgress: (fraction) => {
        fractions.push(fraction);
        if (fractions.length === 2) stop.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ tag: 'CancelledError' });
    expect(fractions).toEqual([0.25, 0.5]);
  });

  const good = request(4, 4, [0, 3], 1);
  it.each([
    ['no inputs', { ...good, inputs: [], inputsZUm: [] }],
    ['an input without z', { ...good, inputsZUm: [0] }],
    ['an input of another size', { ...good, inputs: [good.inputs[0], new Float32Array(3)] }],
    ['a z that is not finite', { ...good, inputsZUm: [0, NaN] }],
    ['a target that is not finite', { ...good, targetZUm: Infinity }],
    ['a map of another size', { ...good, targetZUm: new Float32Array(3) }],
    ['a map with a gap', { ...good, targetZUm: new Float32Array(16).fill(NaN, 3, 4) }],
    ['no pixels', { ...good, width: 0 }],
  ])('refuses %s', async (_, bad) => {
    await expect(reconstructPlane(bad, model, lastImage)).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
    });
  });
});
