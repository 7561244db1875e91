import { expect, it } from 'vitest';
import { memoryReleaser } from '#core/host/worker/memoryReleaser';

const MIB = 2 ** 20;

/** Memory of which a collection gives back what is unused, and how often it was called for. */
function countedMemory() {
  const memory = { used: 100 * MIB, unused: 0, collections: 0, frees: true };
  const release = memoryReleaser(
    () => {
      memory.collections++;
      if (memory.frees) memory.unused = 0;
    },
    () => memory.used + memory.unused,
  );
  return { memory, release };
}

it('collects when memory has grown, and not before', () => {
  const { memory, release } = countedMemory();
  memory.unused = 10 * MIB;
  release();
  expect(memory.collections).toBe(0);
  memory.unused = 30 * MIB;
  release();
  expect(memory.collections).toBe(1);
  // What is still used after a collection is not looked for again.
  memory.used = 300 * MIB;
  release();
  release();
  expect(memory.collections).toBe(2);
});

it('learns when memory was given back later', () => {
  const { memory, release } = countedMemory();
  memory.frees = false;
  memory.unused = 200 * MIB;
  release();
  memory.unused = 20 * MIB;
  release();
  expect(memory.collections).toBe(1);
  memory.unused = 60 * MIB;
  release();
  expect(memory.collections).toBe(2);
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
