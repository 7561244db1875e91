import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import { cropStack } from '#core/stack/cropStack';
import { mergeChannels } from '#core/stack/mergeChannels';
import { parseIndexRanges } from '#core/stack/parseIndexRanges';
import { AXIS_ORDERS, reorderAxes } from '#core/stack/reorderAxes';
import { reverseStack } from '#core/stack/reverseStack';
import { splitChannels } from '#core/stack/splitChannels';
import { allIndices, substack } from '#core/stack/substack';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';
import { contentsOf, samplesOf } from '#tests/helpers/stackPixels';

const shapes = fc.record({
  ...{ t: fc.integer({ min: 1, max: 3 }), c: fc.integer({ min: 1, max: 3 }) },
  ...{ z: fc.integer({ min: 1, max: 4 }), y: fc.integer({ min: 1, max: 5 }) },
  x: fc.integer({ min: 1, max: 6 }),
});
const types = fc.constantFrom('uint8' as const, 'uint16' as const, 'float32' as const);

function named(shape: StackShape, pixelType: 'uint8' | 'uint16' | 'float32'): ImageStack {
  const names = Array.from({ length: shape.c }, (_, c) => `dye ${c}`);
  const { planes: _planes, ...stack } = rampStack(shape, pixelType);
  return { ...stack, calibration: fullCalibration(names) };
}

const withHeights = (stack: ImageStack, zPositionsUm: number[]): ImageStack => ({
  ...stack,
  calibration: {
    ...stack.calibration,
    pixelSizeUm: { ...stack.calibration.pixelSizeUm, z: null },
    zPositionsUm,
  },
});
const uneven = withHeights(named({ t: 1, c: 1, z: 4, y: 2, x: 3 }, 'uint8'), [0, 0.2, 0.6, 1.5]);
const picked = (stack: ImageStack, z: number[]): ImageStack =>
  substack(stack, { t: allIndices(stack.shape.t), c: allIndices(stack.shape.c), z });

describe('cropping', () => {
  it('of the whole image changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, types, async (shape, type) => {
        const stack = named(shape, type);
        const whole = { x: 0, y: 0, width: shape.x, height: shape.y };
        expect(await contentsOf(cropStack(stack, whole))).toEqual(await contentsOf(stack));
      }),
      { numRuns: 30 },
    );
  });

  it('takes the rectangle out of every plane and keeps the calibration', async () => {
    const stack = named({ t: 1, c: 2, z: 2, y: 5, x: 7 }, 'uint16');
    const cropped = cropStack(stack, { x: 2, y: 1, width: 3, height: 4 });
    const whole = await stack.source.read({ t: 0, c: 1, z: 1 });
    const part = await cropped.source.read({ t: 0, c: 1, z: 1 });
    expect([...part]).toEqual(
      Array.from({ length: 12 }, (_, i) => whole[(1 + Math.floor(i / 3)) * 7 + 2 + (i % 3)]),
    );
    expect(cropped.calibration).toEqual(stack.calibration);
    expect(cropped.source.levels).toEqual([{ width: 3, height: 4 }]);
    const region = { x: 1, y: 2, width: 2, height: 1 };
    const inner = await cropped.source.read({ t: 0, c: 1, z: 1 }, { region });
    expect([...inner]).toEqual([part[7], part[8]]);
  });

  it('refuses rectangles that leave the image or are empty', () => {
    const stack = named({ t: 1, c: 1, z: 1, y: 5, x: 7 }, 'uint8');
    for (const region of [
      { x: 5, y: 0, width: 3, height: 1 },
      { x: 0, y: 0, width: 7, height: 6 },
      { x: -1, y: 0, width: 2, height: 2 },
      { x: 0, y: 0, width: 0, height: 2 },
      { x: 0.5, y: 0, width: 2, height: 2 },
    ]) {
      expect(() => cropStack(stack, region)).toThrow(
        expect.objectContaining({ tag: 'ImpossibleRequestError' }),
      );
    }
  });
});

describe('a part of a stack', () => {
  it('that is everything is the stack', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, types, async (shape, type) => {
        const stack = named(shape, type);
        const all = { t: allIndices(shape.t), c: allIndices(shape.c), z: allIndices(shape.z) };
        expect(await contentsOf(substack(stack, all))).toEqual(await contentsOf(stack));
      }),
      { numRuns: 30 },
    );
    expect(picked(uneven, [0, 1, 2, 3]).calibration).toEqual(uneven.calibration);
  });

  it('takes planes, channels and times in the order given', async () => {
    const stack = named({ t: 2, c: 3, z: 4, y: 2, x: 2 }, 'uint16');
    const part = substack(stack, { t: [1], c: [2, 0], z: [3, 1] });
    const pages = [(1 * 3 + 2) * 4 + 3, (1 * 3 + 2) * 4 + 1, (1 * 3 + 0) * 4 + 3, 3 * 4 + 1];
    const all = await samplesOf(stack);
    expect(await samplesOf(part)).toEqual(
      pages.flatMap((page) => all.slice(page * 4, page * 4 + 4)),
    );
    expect(part.calibration.channels.map(({ name }) => name)).toEqual(['dye 2', 'dye 0']);
    expect(part.calibration.channels[0].emissionNm).toBe(461 + 96);
  });

  it('keeps heights: even steps as a spacing, others one by one', () => {
    const stack = named({ t: 1, c: 1, z: 10, y: 1, x: 1 }, 'uint8');
    const heights = (part: ImageStack) => [
      part.calibration.pixelSizeUm.z,
      part.calibration.zPositionsUm,
    ];
    expect(heights(picked(stack, [1, 4, 7]))).toEqual([0.6, null]);
    expect(heights(picked(stack, [1, 2, 5]))).toEqual([null, [0, 0.2, 0.8]]);
    expect(heights(picked(stack, [5, 2, 1]))).toEqual([null, [0, 0.6, 0.8]]);
    expect(heights(picked(stack, [6]))).toEqual([0.2, null]);
    expect(heights(picked(uneven, [1, 2]))).toEqual([0.4, null]);
    expect(heights(picked(uneven, [1, 2, 3]))).toEqual([null, [0, 0.4, 1.3]]);
    expect(heights(picked(uneven, [0, 1]))).toEqual([0.2, null]);
  });

  it('keeps the time step of even steps only', () => {
    const stack = named({ t: 6, c: 1, z: 1, y: 1, x: 1 }, 'uint8');
    const step = (t: number[]) => substack(stack, { t, c: [0], z: [0] }).calibration.timeStepS;
    expect([step([0, 2, 4]), step([5, 4]), step([3]), step([0, 1, 3]), step([2, 2])]).toEqual([
      3,
      1.5,
      1.5,
      null,
      null,
    ]);
  });
});

describe('reversing', () => {
  it('twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, types, fc.constantFrom('z', 't'), async (shape, type, axis) => {
        const stack = named(shape, type);
        const twice = reverseStack(reverseStack(stack, axis), axis);
        expect(await contentsOf(twice)).toEqual(await contentsOf(stack));
      }),
      { numRuns: 30 },
    );
    expect(reverseStack(reverseStack(uneven, 'z'), 'z').calibration).toEqual(uneven.calibration);
  });

  it('turns the axis with the planes: heights rise from the new first plane', async () => {
    const reversed = reverseStack(uneven, 'z');
    expect(reversed.calibration.zPositionsUm).toEqual([0, 0.9, 1.3, 1.5]);
    const last = await uneven.source.read({ t: 0, c: 0, z: 3 });
    expect(await reversed.source.read({ t: 0, c: 0, z: 0 })).toEqual(last);
  });
});

describe('other roles for the axes', () => {
  it('bring back the samples when they are undone, and never mix them', async () => {
    const undo = {
      tcz: 'tcz',
      zct: 'zct',
      tzc: 'tzc',
      ctz: 'ctz',
      ztc: 'czt',
      czt: 'ztc',
    } as const;
    const stack = named({ t: 2, c: 3, z: 4, y: 2, x: 3 }, 'uint16');
    for (const order of AXIS_ORDERS) {
      const back = reorderAxes(reorderAxes(stack, order), undo[order]);
      expect(back.shape).toEqual(stack.shape);
      expect(await samplesOf(back)).toEqual(await samplesOf(stack));
    }
    const times = reorderAxes(stack, 'ztc');
    expect(times.shape).toMatchObject({ t: 4, c: 2, z: 3 });
    expect(await times.source.read({ t: 3, c: 1, z: 2 })).toEqual(
      await stack.source.read({ t: 1, c: 2, z: 3 }),
    );
  });

  it('keep what was said of an axis only while it keeps its role, and tell what was lost', () => {
    const stack = named({ t: 2, c: 3, z: 4, y: 2, x: 3 }, 'uint16');
    const swapped = reorderAxes(stack, 'zct');
    expect(swapped.calibration).toMatchObject({
      timeStepS: null,
      channels: [{ name: 'dye 0' }, {}, {}],
    });
    expect(swapped.calibration.pixelSizeUm).toEqual({ x: 0.0645, y: 0.1032, z: null });
    expect(swapped.notes.join()).toContain('plane spacing, time step');
    expect(reorderAxes(stack, 'tzc').calibration.channels).toHaveLength(4);
    expect(reorderAxes(stack, 'tcz').notes).toEqual([]);
  });
});

describe('channels', () => {
  it('split and merged again are the stack', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, types, async (shape, type) => {
        const stack = named(shape, type);
        expect(await contentsOf(mergeChannels(splitChannels(stack)))).toEqual(
          await contentsOf(stack),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('split carry their names and wavelengths', () => {
    const [, second] = splitChannels(named({ t: 1, c: 2, z: 1, y: 2, x: 2 }, 'uint8'));
    expect(second.name).toBe('ramp.tif dye 1');
    expect(second.calibration.channels).toEqual([
      { name: 'dye 1', excitationNm: 488, emissionNm: 509 },
    ]);
  });

  it('of different size, type or value mapping are refused', () => {
    const shape = { t: 1, c: 1, z: 2, y: 2, x: 2 };
    const stack = named(shape, 'uint8');
    for (const other of [
      named({ ...shape, x: 3 }, 'uint8'),
      named({ ...shape, z: 1 }, 'uint8'),
      named(shape, 'uint16'),
      { ...stack, valueMapping: { offset: 1, scale: 2 } },
    ]) {
      expect(() => mergeChannels([stack, other])).toThrow(
        expect.objectContaining({ tag: 'ImpossibleRequestError' }),
      );
    }
  });

  it('take lengths from the first that states them, and tell of contradictions', () => {
    const stack = named({ t: 1, c: 1, z: 4, y: 2, x: 3 }, 'uint8');
    const { x: _x, ...others } = stack.calibration.pixelSizeUm;
    const silent = {
      ...stack,
      calibration: { ...stack.calibration, pixelSizeUm: { ...others, x: null } },
    };
    const { calibration, notes } = mergeChannels([silent, stack]);
    expect([calibration.pixelSizeUm.x, notes]).toEqual([0.0645, []]);
    const coarse = {
      ...stack,
      calibration: { ...stack.calibration, pixelSizeUm: { ...others, x: 0.13 } },
    };
    expect(mergeChannels([stack, coarse]).notes).toHaveLength(1);
  });
});

describe('lists of numbers', () => {
  it('are read with ranges, steps and downward ranges, in order', () => {
    expect(parseIndexRanges('0-3, 7,9-2:3,5', 10, 'plane')).toEqual([0, 1, 2, 3, 7, 9, 6, 3, 5]);
    expect(parseIndexRanges('4', 5, 'plane')).toEqual([4]);
    expect(parseIndexRanges('0-4:2', 5, 'plane')).toEqual([0, 2, 4]);
  });

  it.each(['', 'all', '1-', '-1', '1,,2', '1-3:0', '1.5'])('refuse "%s"', (text) => {
    expect(() => parseIndexRanges(text, 10, 'plane')).toThrow(
      expect.objectContaining({ tag: 'UsageError' }),
    );
  });

  it('refuse numbers that do not exist', () => {
    expect(() => parseIndexRanges('3-10', 10, 'plane')).toThrow('There is no plane 10.');
  });
});
