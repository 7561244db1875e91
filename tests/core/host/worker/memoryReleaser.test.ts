import { expect, it } from 'vitest';
import { memoryReleaser } from '#core/host/worker/memoryReleaser';

const MIB = 2 ** 20;

it('collects when memory has grown, and not before', () => {
  let [used, unused, collections] = [100 * MIB, 0, 0];
  const release = memoryReleaser(
    () => {
      collections++;
      unused = 0;
    },
    () => used + unused,
  );
  unused = 10 * MIB;
  release();
  expect(collections).toBe(0);
  unused = 30 * MIB;
  release();
  expect(collections).toBe(1);
  // What is still used after a collection is not looked for again.
  used = 300 * MIB;
  release();
  release();
  expect(collections).toBe(2);
});

it('learns when memory was given back later', () => {
  let [used, collections] = [0, 0];
  const release = memoryReleaser(
    () => collections++,
    () => used,
  );
  used = 200 * MIB;
  release();
  used = 20 * MIB;
  release();
  expect(collections).toBe(1);
  used = 60 * MIB;
  release();
  expect(collections).toBe(2);
});

it('gives back memory that nobody refers to', () => {
  const release = memoryReleaser();
  const held = () => process.memoryUsage().arrayBuffers;
  const before = held();
  (() => new Float64Array(40 * MIB))();
  expect(held()).toBeGreaterThan(before + 300 * MIB);
  release();
  expect(held()).toBeLessThan(before + 16 * MIB);
});
