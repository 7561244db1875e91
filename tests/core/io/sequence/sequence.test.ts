import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryByteSource } from '#core/io/memoryByteSource';
import { naturalOrder } from '#core/io/sequence/naturalOrder';
import type { SequenceFile } from '#core/io/sequence/openSequence';
import { openSequence } from '#core/io/sequence/openSequence';
import { sequenceAxes } from '#core/io/sequence/sequenceAxes';
import { buildTiff, counting, greyPage } from '#tests/helpers/buildTiff';

let opened = 0;
let closed = 0;

/** A file of pages of 4 x 3 pixels that begin with the values given. */
function file(name: string, firstValues: readonly number[], width = 4): SequenceFile {
  const pages = firstValues.map((first) =>
    greyPage(counting(width * 3, first), { width, height: 3 }),
  );
  return {
    name,
    open: () => {
      opened++;
      const source = memoryByteSource(name, buildTiff({ pages }));
      return Promise.resolve({ ...source, close: () => Promise.resolve(void closed++) });
    },
  };
}

async function firstValue(
  stack: Awaited<ReturnType<typeof openSequence>>,
  t: number,
  c: number,
  z: number,
) {
  return (await stack.source.read({ t, c, z }))[0];
}

describe('naturalOrder', () => {
  it('sorts numbers by their value', () => {
    const names = [
      'p10.tif',
      'p9.tif',
      'P1.tif',
      'p2_b.tif',
      'p2_a.tif',
      'a.tif',
      'p123456789012345678901.tif',
    ];
    expect(names.sort(naturalOrder)).toEqual([
      'a.tif',
      'P1.tif',
      'p2_a.tif',
      'p2_b.tif',
      'p9.tif',
      'p10.tif',
      'p123456789012345678901.tif',
    ]);
  });

  it('is a total order', () => {
    const name = fc.stringMatching(/^[aB]{0,2}\d{0,3}[c_]?\d{0,2}$/u);
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
        if (naturalOrder(a, b) <= 0 && naturalOrder(b, c) <= 0)
          expect(naturalOrder(a, c)).toBeLessThanOrEqual(0);
        expect(naturalOrder(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('sequenceAxes', () => {
  it('reads tokens for z, c and t', () => {
    const names = ['a_t1_c1_z1.tif', 'a_t1_c1_z2.tif', 'a_t1_c2_z1.tif', 'a_t1_c2_z2.tif'];
    expect(sequenceAxes([...names].reverse())).toMatchObject({
      sizes: { t: 1, c: 2, z: 2 },
      files: [3, 2, 1, 0],
    });
  });

  it('puts other names along z in natural order', () => {
    expect(sequenceAxes(['img10.tif', 'img9.tif'])).toMatchObject({
      sizes: { z: 2 },
      named: [],
      files: [1, 0],
    });
  });

  it('names the file that a grid lacks', () => {
    expect(() => sequenceAxes(['z1_c1.tif', 'z1_c2.tif', 'z2_c1.tif'])).toThrow('z=2, c=2');
  });

  it('refuses two files for one place', () => {
    expect(() => sequenceAxes(['a_z1.tif', 'b_z1.tif'])).toThrow(/same place/u);
  });

  it('says that numbers have gaps', () => {
    expect(sequenceAxes(['a_z1.tif', 'a_z3.tif']).notes.join()).toContain('gaps');
  });
});

describe('openSequence', () => {
  it('stacks files along z in natural order', async () => {
    const stack = await openSequence([
      file('s_z10.tif', [30]),
      file('s_z2.tif', [20]),
      file('s_z1.tif', [10]),
    ]);
    expect(stack.shape).toEqual({ t: 1, c: 1, z: 3, y: 3, x: 4 });
    expect([
      await firstValue(stack, 0, 0, 0),
      await firstValue(stack, 0, 0, 1),
      await firstValue(stack, 0, 0, 2),
    ]).toEqual([10, 20, 30]);
  });

  it('combines numbers of channels and times with the planes inside each file', async () => {
    const stack = await openSequence([
      file('s_t1_c1.tif', [1, 2]),
      file('s_t1_c2.tif', [3, 4]),
      file('s_t2_c1.tif', [5, 6]),
      file('s_t2_c2.tif', [7, 8]),
    ]);
    expect(stack.shape).toMatchObject({ t: 2, c: 2, z: 2 });
    expect(await firstValue(stack, 1, 0, 1)).toBe(6);
    expect(stack.calibration.channels).toHaveLength(2);
  });

  it('puts whole z-stacks along t', async () => {
    const stack = await openSequence([file('a.tif', [1, 2]), file('b.tif', [3, 4])]);
    expect(stack.shape).toMatchObject({ t: 2, z: 2 });
    expect(await firstValue(stack, 1, 0, 0)).toBe(3);
  });

  it('names a file of another size', async () => {
    const opening = openSequence([file('a_z1.tif', [1]), file('a_z2.tif', [2], 5)]);
    await expect(opening).rejects.toThrow(/a_z2\.tif.*5 x 3/u);
  });

  it('names a file that cannot be opened', async () => {
    const broken: SequenceFile = {
      name: 'a_z2.tif',
      open: () => Promise.resolve(memoryByteSource('x', counting(50))),
    };
    await expect(openSequence([file('a_z1.tif', [1]), broken])).rejects.toThrow(/^a_z2\.tif: /u);
  });

  it('refuses z numbers for files that hold z-stacks', async () => {
    await expect(
      openSequence([file('a_z1.tif', [1, 2]), file('a_z2.tif', [3, 4])]),
    ).rejects.toThrow(/along z/u);
  });

  it('keeps few files open and closes all of them', async () => {
    opened = 0;
    closed = 0;
    const stack = await openSequence(
      Array.from({ length: 60 }, (_, i) => file(`s_z${i}.tif`, [i])),
    );
    expect(opened - closed).toBeLessThanOrEqual(16);
    const values = await Promise.all(
      Array.from({ length: 60 }, (_, z) => firstValue(stack, 0, 0, z)),
    );
    expect(values).toEqual([...counting(60)]);
    await stack.source.close();
    expect(opened).toBe(closed);
  });
});
