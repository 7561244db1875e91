import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#core/command/CommandContext';
import { commands } from '#core/command/commands';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import type { PixelType } from '#core/image/PixelType';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';
import { contentsOf, placesOf, samplesOf } from '#tests/helpers/stackPixels';

type Stacks = { readonly [name: string]: ImageStack };
type RandomStack = ReturnType<typeof rampStack>;

const context = {
  signal: new AbortController().signal,
  tasks: inlineTaskRunner(),
  progress: () => {},
  note: () => {},
} as unknown as CommandContext;

async function run(id: string, inputs: Stacks, params: object = {}): Promise<Stacks> {
  const command = commands.get(id);
  if (!command) throw new Error(`There is no ${id}.`);
  const parsed = command.params.parse(params);
  return (await command.run(context, inputs as never, parsed)).stacks ?? {};
}

/** The one stack that a command makes of another. */
async function made(id: string, stack: ImageStack, params: object = {}): Promise<ImageStack> {
  return Object.values(await run(id, { stack }, params))[0];
}

const side = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 }));
const count = fc.integer({ min: 1, max: 3 });
const shapes: fc.Arbitrary<StackShape> = fc.record({
  ...{ t: count, c: count, z: fc.integer({ min: 1, max: 5 }) },
  ...{ y: side, x: side },
});

/** Stacks of every type and of odd shapes; floats hold a NaN now and then. */
const stacks: fc.Arbitrary<RandomStack> = fc
  .tuple(shapes, fc.constantFrom<PixelType>('uint8', 'uint16', 'float32'), fc.nat(3))
  .map(([shape, pixelType, hole]) => {
    const names = ['a', 'b', 'c'].slice(0, shape.c);
    const stack = rampStack(shape, pixelType, { calibration: fullCalibration(names) });
    if (pixelType === 'float32' && hole === 0) stack.planes[0][0] = NaN;
    return stack;
  });

const RANGE = { uint8: 255, uint16: 65_535, float32: Infinity } as const;

/** Operations that take any stack, with parameters that suit any. */
const OPERATIONS: readonly (readonly [string, object])[] = [
  ['image.crop', { x: 0, y: 0, width: 1 }],
  ['image.substack', { planes: '0,0' }],
  ['image.reverse', { axis: 'z' }],
  ['image.reverse', { axis: 't' }],
  ['image.reorderAxes', { order: 'ztc' }],
  ...['max', 'min', 'mean', 'sum', 'std', 'median'].flatMap((method) =>
    ['z', 't'].map((axis) => ['image.project', { method, axis }] as const),
  ),
  ['image.reslice', { view: 'xz' }],
  ['image.reslice', { view: 'yz' }],
  ...['nearest', 'linear', 'cubic', 'area'].flatMap((interpolation) =>
    [0.4, 1, 2.5].map((factor) => ['image.scale', { factor, interpolation }] as const),
  ),
  ['image.convertType', { type: 'uint8' }],
  ['image.convertType', { type: 'float32' }],
  ['edit.invert', {}],
  ['process.gaussianBlur', { sigmaPx: 1.3 }],
  ['process.median', { radiusPx: 2 }],
  ['image.splitChannels', {}],
];

describe('every operation', () => {
  it.each(OPERATIONS)('makes planes of the size and type it states: %s %j', async (id, params) => {
    await fc.assert(
      fc.asyncProperty(stacks, async (stack) => {
        const before = stack.planes.map((plane) => plane.slice());
        for (const result of Object.values(await run(id, { stack }, params))) {
          const { shape, pixelType, calibration, source } = result;
          expect(calibration.channels).toHaveLength(shape.c);
          expect(calibration.objective).toEqual(stack.calibration.objective);
          const positions = calibration.zPositionsUm;
          if (positions) expect(positions).toHaveLength(shape.z);
          for (const index of placesOf(result)) {
            const plane = await source.read(index);
            expect(plane).toHaveLength(shape.x * shape.y);
            const largest = RANGE[pixelType];
            for (const value of plane) {
              const fits = pixelType === 'float32' || (value >= 0 && value <= largest);
              expect(fits).toBe(true);
            }
          }
        }
        // What it was made of stays as it is.
        expect(stack.planes).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });

  it.each(OPERATIONS)(
    'gives a part of a plane as it gives the whole: %s %j',
    async (id, params) => {
      await fc.assert(
        fc.asyncProperty(stacks, fc.nat(), fc.nat(), async (stack, left, top) => {
          const result = await made(id, stack, params);
          const { x: width, y: height, z } = result.shape;
          const region = { x: left % width, y: top % height, width: 1, height: 1 };
          const index = { t: 0, c: 0, z: z - 1 };
          const whole = await result.source.read(index);
          const [part] = await result.source.read(index, { region });
          expect(part).toBe(whole[region.y * width + region.x]);
        }),
        { numRuns: 12 },
      );
    },
  );
});

/** Holds for every random stack. */
const always = (law: (stack: RandomStack) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(stacks, law), { numRuns: 40 });

describe('laws of the operations', () => {
  it.each([
    ['image.reverse', { axis: 'z' }],
    ['image.reverse', { axis: 't' }],
    ['image.reorderAxes', { order: 'zct' }],
    ['image.reorderAxes', { order: 'ctz' }],
  ])('%s %j twice is the stack itself', (id, params) =>
    always(async (stack) => {
      const twice = await made(id, await made(id, stack, params), params);
      expect(twice.shape).toEqual(stack.shape);
      expect(await samplesOf(twice)).toEqual(await samplesOf(stack));
    }),
  );

  it('reversing twice keeps the calibration too', () =>
    always(async (stack) => {
      const once = await made('image.reverse', stack, { axis: 'z' });
      const twice = await made('image.reverse', once, { axis: 'z' });
      expect(twice.calibration).toEqual(stack.calibration);
    }));

  it('inverting twice is the stack itself, exactly for integers', () =>
    always(async (stack) => {
      const twice = await samplesOf(await made('edit.invert', await made('edit.invert', stack)));
      const before = await samplesOf(stack);
      const largest = Math.max(...before.filter(Number.isFinite).map(Math.abs), 0);
      twice.forEach((value, i) => {
        if (stack.pixelType !== 'float32') expect(value).toBe(before[i]);
        else if (Number.isNaN(before[i])) expect(value).toBeNaN();
        else expect(Math.abs(value - before[i])).toBeLessThanOrEqual(3e-7 * largest);
      });
    }));

  it('merging what was split is the stack itself, with its channels', () =>
    always(async (stack) => {
      const parts = Object.values(await run('image.splitChannels', { stack }));
      if (parts.length === 1) return;
      const [first, second, third] = parts;
      const inputs = { first, second, ...(third && { third }) };
      const { merged } = await run('image.mergeChannels', inputs);
      expect({ ...(await contentsOf(merged)), notes: [] }).toEqual(await contentsOf(stack));
    }));

  it('cropping what was cropped is cropping once', () =>
    fc.assert(
      fc.asyncProperty(stacks, fc.nat(), fc.nat(), async (stack, left, top) => {
        const [x, y] = [left % stack.shape.x, top % stack.shape.y];
        const first = await made('image.crop', stack, { x });
        const second = await made('image.crop', first, { y, width: 1 });
        const once = await made('image.crop', stack, { x, y, width: 1 });
        expect(await contentsOf(second)).toEqual(await contentsOf(once));
      }),
      { numRuns: 40 },
    ));

  it('reslicing back and forth is the stack itself', () =>
    always(async (stack) => {
      const once = await made('image.reslice', stack, { view: 'xz' });
      const back = await made('image.reslice', once, { view: 'xz' });
      expect(await contentsOf(back)).toEqual(await contentsOf(stack));
      let turned: ImageStack = stack;
      for (let i = 0; i < 3; i++) turned = await made('image.reslice', turned, { view: 'yz' });
      expect(await contentsOf(turned)).toEqual(await contentsOf(stack));
    }));

  it.each(['max', 'min', 'mean', 'sum', 'median'])(
    'projecting one plane changes nothing: %s',
    (method) =>
      always(async (stack) => {
        const plane = await made('image.substack', stack, { planes: '0' });
        const projected = await made('image.project', plane, { method });
        expect(await samplesOf(projected)).toEqual(await samplesOf(plane));
      }),
  );

  it.each(['max', 'min', 'mean', 'sum', 'std', 'median'])(
    'a projection does not mind the order of the planes: %s',
    (method) =>
      always(async (stack) => {
        const reversed = await made('image.reverse', stack, { axis: 'z' });
        const ours = await samplesOf(await made('image.project', reversed, { method }));
        const expected = await samplesOf(await made('image.project', stack, { method }));
        ours.forEach((value, i) => {
          if (Number.isNaN(expected[i])) expect(value).toBeNaN();
          else
            expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(value)));
        });
      }),
  );

  it.each(['nearest', 'linear', 'cubic', 'area'])(
    'scaling by 1 changes nothing: %s',
    (interpolation) =>
      always(async (stack) => {
        const scaled = await made('image.scale', stack, { factor: 1, interpolation });
        expect(await contentsOf(scaled)).toEqual(await contentsOf(stack));
      }),
  );

  it('converting to more bits and back changes nothing', () =>
    always(async (stack) => {
      if (stack.pixelType === 'float32') return;
      const wide = await made('image.convertType', stack, { type: 'float32' });
      const back = await made('image.convertType', wide, { type: stack.pixelType });
      expect(await samplesOf(back)).toEqual(await samplesOf(stack));
    }));

  it('blur and median commute with turning the stack and with choosing planes', () =>
    always(async (stack) => {
      for (const [id, params] of [
        ['process.gaussianBlur', { sigmaPx: 0.8 }],
        ['process.median', { radiusPx: 1 }],
      ] as const) {
        const before = await made('image.reverse', await made(id, stack, params), { axis: 'z' });
        const after = await made(id, await made('image.reverse', stack, { axis: 'z' }), params);
        expect(await samplesOf(before)).toEqual(await samplesOf(after));
      }
    }));

  it('the median of integers commutes with inverting', () =>
    always(async (stack) => {
      if (stack.pixelType === 'float32') return;
      const params = { radiusPx: 1.5 };
      const before = await made('process.median', await made('edit.invert', stack), params);
      const after = await made('edit.invert', await made('process.median', stack, params));
      expect(await samplesOf(before)).toEqual(await samplesOf(after));
    }));
});
