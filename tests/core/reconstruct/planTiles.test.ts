import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TileBlender } from '#core/reconstruct/TileBlender';
import { copyReflected, reflectIndex } from '#core/util/copyReflected';
import { planTiles } from '#core/reconstruct/planTiles';

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 90 }),
  tilePx: fc.integer({ min: 1, max: 60 }),
  haloPx: fc.integer({ min: 0, max: 20 }),
  multiplePx: fc.constantFrom(1, 4, 16),
});

describe('planTiles', () => {
  it('covers every pixel by exactly one core, with blocks at multiples that hold the halo', () => {
    fc.assert(
      fc.property(sizes, ({ width, height, tilePx, haloPx, multiplePx }) => {
        const covered = new Uint8Array(width * height);
        const blendPx = Math.min(haloPx, 3);
        for (const { block, core } of planTiles(width, height, {
          tilePx,
          haloPx,
          blendPx,
          multiplePx,
        })) {
          for (const length of [block.x, block.y, block.width, block.height]) {
            expect(length % multiplePx).toBe(0);
          }
          expect(Math.max(core.width, core.height)).toBeLessThanOrEqual(tilePx);
          expect(block.x).toBeLessThanOrEqual(Math.max(0, core.x - haloPx));
          expect(block.y + block.height).toBeGreaterThanOrEqual(
            Math.min(height, core.y + core.height + haloPx),
          );
          for (let y = core.y; y < core.y + core.height; y++) {
            for (let x = core.x; x < core.x + core.width; x++) covered[y * width + x]++;
          }
        }
        expect(covered.every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('cuts nothing that fits one tile', () => {
    expect(planTiles(100, 17, { tilePx: 128, haloPx: 30, multiplePx: 16 })).toEqual([
      {
        block: { x: 0, y: 0, width: 112, height: 32 },
        core: { x: 0, y: 0, width: 100, height: 17 },
        blendPx: 16,
      },
    ]);
  });

  it.each([
    [0, 5, 16],
    [5, 1.5, 16],
    [5, 5, 2],
  ])('refuses %d x %d pixels with a halo of %d', (width, height, haloPx) => {
    expect(() => planTiles(width, height, { haloPx, multiplePx: 16 })).toThrow(RangeError);
  });
});

describe('TileBlender', () => {
  it('gives back an image from its own tiles', () => {
    fc.assert(
      fc.property(sizes, ({ width, height, tilePx, haloPx, multiplePx }) => {
        const image = Float32Array.from({ length: width * height }, (_, i) => (i * 37) % 101);
        const blender = new TileBlender(width, height);
        const blendPx = Math.min(haloPx, 5);
        for (const tile of planTiles(width, height, { tilePx, haloPx, blendPx, multiplePx })) {
          const block = new Float32Array(tile.block.width * tile.block.height);
          copyReflected(image, { width, height }, tile.block, block, 0);
          blender.add(tile, block);
        }
        blender
          .finish()
          .forEach((value, i) => expect(Math.abs(value - image[i])).toBeLessThan(1e-4));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves no step where neighbours differ', () => {
    const blender = new TileBlender(64, 1);
    planTiles(64, 1, { tilePx: 32, haloPx: 8, blendPx: 8, multiplePx: 1 }).forEach(
      (tile, index) => {
        blender.add(tile, new Float32Array(tile.block.width).fill(index));
      },
    );
    const row = blender.finish();
    expect(row[0]).toBe(0);
    expect(row[63]).toBe(1);
    const steps = Array.from(row.slice(1), (value, i) => value - row[i]);
    expect(Math.max(...steps)).toBeLessThanOrEqual(1 / 16 + 1e-6);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  });
});

describe('copyReflected', () => {
  it('mirrors without repeating the edge, as often as needed', () => {
    const indices = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((index) => reflectIndex(index, 3));
    expect(indices).toEqual([0, 1, 2, 1, 0, 1, 2, 1, 0, 1]);
    expect(reflectIndex(-7, 1)).toBe(0);
  });

  it('writes rows of a region that leaves the image', () => {
    const target = new Float32Array(7);
    const image = Float32Array.of(1, 2, 3, 4);
    copyReflected(image, { width: 2, height: 2 }, { x: 1, y: 1, width: 2, height: 3 }, target, 1);
    expect([...target]).toEqual([0, 4, 3, 2, 1, 4, 3]);
  });
});
