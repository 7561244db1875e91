import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESLICE_VIEWS, resliceStack } from '#core/stack/resliceStack';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';
import { contentsOf, placesOf, samplesOf } from '#tests/helpers/stackPixels';

const shape = { t: 2, c: 2, z: 3, y: 4, x: 5 };
const stack = rampStack(shape, 'uint16', { calibration: fullCalibration(['a', 'b']) });

describe('reslicing', () => {
  it.each([
    ['xz', { z: 4, y: 3, x: 5 }, { x: 0.0645, y: 0.2, z: 0.1032 }],
    ['yz', { z: 5, y: 3, x: 4 }, { x: 0.1032, y: 0.2, z: 0.0645 }],
  ] as const)(
    'to %s moves samples and spacings with their axes',
    async (view, size, pixelSizeUm) => {
      const resliced = resliceStack(stack, view);
      expect(resliced.shape).toEqual({ t: 2, c: 2, ...size });
      expect(resliced.calibration.pixelSizeUm).toEqual(pixelSizeUm);
      for (const index of placesOf(resliced)) {
        const plane = await resliced.source.read(index);
        for (let row = 0; row < 3; row++) {
          const whole = await stack.source.read({ ...index, z: row });
          for (let i = 0; i < size.x; i++) {
            const from = view === 'xz' ? index.z * 5 + i : i * 5 + index.z;
            expect(plane[row * size.x + i]).toBe(whole[from]);
          }
        }
      }
    },
  );

  it('to xz twice, or to yz three times, gives the stack back, in bands of any size', async () => {
    const sizes = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        sizes,
        sizes,
        fc.integer({ min: 1, max: 90 }),
        async (z, y, x, band) => {
          const small = rampStack({ t: 1, c: 2, z, y, x }, 'float32', {
            calibration: fullCalibration(['a', 'b']),
          });
          const cut = (view: (typeof RESLICE_VIEWS)[number], times: number) =>
            Array.from({ length: times }).reduce<typeof small>(
              (made) => ({ ...made, ...resliceStack(made, view, { bandBytes: band }) }),
              small,
            );
          expect(await contentsOf(cut('xz', 2))).toEqual(await contentsOf(small));
          expect(await contentsOf(cut('yz', 3))).toEqual(await contentsOf(small));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('reads each band once, however the planes are asked for', async () => {
    let reads = 0;
    const counted = {
      ...stack,
      source: {
        ...stack.source,
        read: (...call: Parameters<typeof stack.source.read>) => {
          reads++;
          return stack.source.read(...call);
        },
      },
    };
    const resliced = resliceStack(counted, 'xz');
    await Promise.all([0, 1, 2, 3].map((z) => resliced.source.read({ t: 0, c: 0, z })));
    expect(reads).toBe(shape.z);
  });

  it('goes on for one reader when another one has cancelled', async () => {
    const resliced = resliceStack(stack, 'yz');
    const controller = new AbortController();
    const { signal } = controller;
    const cancelled = resliced.source.read({ t: 0, c: 0, z: 0 }, { signal });
    const other = resliced.source.read({ t: 0, c: 0, z: 1 });
    controller.abort();
    await expect(cancelled).rejects.toThrow();
    expect(await other).toEqual(await resliceStack(stack, 'yz').source.read({ t: 0, c: 0, z: 1 }));
  });

  it('says that uneven heights have no size', async () => {
    const calibration = { ...stack.calibration, zPositionsUm: [0, 1, 3] };
    const resliced = resliceStack({ ...stack, calibration }, 'xz');
    expect(resliced.calibration).toMatchObject({ pixelSizeUm: { y: null }, zPositionsUm: null });
    expect(resliced.notes.join()).toContain('not evenly spaced');
    expect(await samplesOf(resliced)).toHaveLength(2 * 2 * 60);
  });
});
