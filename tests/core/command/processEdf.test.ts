import { describe, expect, it } from 'vitest';
import { processEdf } from '#core/command/declarations/processEdf';
import type { CommandContext } from '#core/command/CommandContext';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { unknownCalibration } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { readPlane } from '#core/image/readPlane';
import { domeScene } from '#tests/helpers/domeScene';

const SCENE = domeScene(40, 30, 5);

/** A stack whose channels are the scene, dimmer and dimmer. */
function stackOf(t: number, c: number, zStepUm: number | null = null): ImageStack {
  const shape = { t, c, z: SCENE.planes.length, y: 30, x: 40 };
  const planes = Array.from({ length: t * c }, (_, k) =>
    SCENE.planes.map(({ data }) => data.map((value) => value / (1 + (k % c)))),
  ).flat();
  const calibration = unknownCalibration(c);
  return {
    name: 'dome',
    shape,
    pixelType: 'float32',
    calibration: { ...calibration, pixelSizeUm: { x: 0.1, y: 0.1, z: zStepUm } },
    history: { calls: [], result: null },
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(shape, planes),
  };
}

async function fuse(stack: ImageStack, params: object) {
  const fractions: number[] = [];
  const context = {
    signal: new AbortController().signal,
    tasks: inlineTaskRunner(),
    note: () => {},
    progress: ({ fraction }: { fraction: number | null }) => fractions.push(fraction ?? -1),
  } as unknown as CommandContext;
  const parsed = processEdf.params.parse(params);
  const { stacks } = await processEdf.run(context, { stack }, parsed);
  if (!stacks) throw new Error('The command gave no stacks.');
  return { fused: stacks['fused'], heightMap: stacks['heightMap'], fractions };
}

const at = (stack: ImageStack, t = 0, c = 0) => readPlane(stack, { t, c, z: 0 });

describe('process.edf', () => {
  it('reports progress once from 0 to 1 over all channels and time points', async () => {
    const { fractions } = await fuse(stackOf(2, 3), { method: 'sobel' });
    expect(fractions.at(-1)).toBeCloseTo(1, 12);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBeLessThan(0.05);
  });

  it('gives heights in micrometres by the spacing of the planes', async () => {
    const stack = stackOf(1, 1, 0.3);
    const method = { method: 'focus-surface' };
    const planes = await at((await fuse(stack, method)).heightMap);
    const um = (await fuse(stack, { ...method, heightUnit: 'um' })).heightMap;
    expect(um.pixelType).toBe('float32');
    const values = await at(um);
    values.data.forEach((value, i) => expect(value).toBeCloseTo(0.3 * planes.data[i], 5));
  });

  it('refuses micrometres without a plane spacing, and an even window', async () => {
    await expect(fuse(stackOf(1, 1), { heightUnit: 'um' })).rejects.toMatchObject({
      tag: 'ImpossibleRequestError',
    });
    await expect(fuse(stackOf(1, 1), { windowPx: 4 })).rejects.toMatchObject({ tag: 'UsageError' });
  });

  it('keeps whole planes as integers until the heights are smoothed', async () => {
    const rough = await fuse(stackOf(1, 1), { method: 'variance' });
    const smooth = await fuse(stackOf(1, 1), { method: 'variance', heightSigmaPx: 2 });
    expect(rough.heightMap.pixelType).toBe('uint16');
    expect(smooth.heightMap.pixelType).toBe('float32');
    expect(await at(smooth.fused)).toEqual(await at(rough.fused));
  });

  it.each(['luminance', 'principal'])('keeps colours true with channels %s', async (channels) => {
    const { fused, heightMap } = await fuse(stackOf(1, 3), { channels, method: 'variance' });
    const first = await at(fused);
    const third = await at(fused, 0, 2);
    third.data.forEach((value, i) => expect(3 * value).toBeCloseTo(first.data[i], 2));
    expect((await at(heightMap)).data).toEqual((await at(heightMap, 0, 2)).data);
  });

  it('takes wavelet as the short name of complex-wavelet, and other filter lengths', async () => {
    const long = await at((await fuse(stackOf(1, 1), {})).fused);
    expect(await at((await fuse(stackOf(1, 1), { method: 'wavelet' })).fused)).toEqual(long);
    expect(await at((await fuse(stackOf(1, 1), { filterLength: '6' })).fused)).not.toEqual(long);
  });

  it('fuses the time points of a long series when they are read, each once for its channels', async () => {
    const shape = { t: 4000, c: 2, z: 2, y: 100, x: 200 };
    const asked: number[] = [];
    const source: ImageStack['source'] = {
      levels: [{ width: shape.x, height: shape.y }],
      read: ({ t, c, z }) => {
        if (c === 0) asked.push(t);
        return Promise.resolve(new Float32Array(shape.x * shape.y).fill(t + c + z));
      },
      close: () => Promise.resolve(),
    };
    const { fused, heightMap } = await fuse(
      { ...stackOf(1, 2), shape, source },
      { method: 'sobel' },
    );
    expect(asked).toEqual([]);
    expect(fused.shape).toEqual({ ...shape, z: 1 });
    const planes = await Promise.all([at(fused, 3000), at(fused, 3000, 1), at(fused, 3001)]);
    expect(planes.map(({ data }) => data[0])).toEqual([3000, 3001, 3001]);
    expect(asked).toEqual([3000, 3000, 3001, 3001]);
    expect((await at(heightMap, 3001)).data.every((height) => height === 0)).toBe(true);
    expect(asked).toHaveLength(4);
    expect(heightMap.pixelType).toBe('uint16');
  });
});
