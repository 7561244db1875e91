import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createModelLibrary } from '#core/host/runtime/createModelLibrary';

const folder = fileURLToPath(new URL('../../../assets/models', import.meta.url));
const library = createModelLibrary({ folder, device: 'webgpu' });
const MINUTES_MS = 60_000;

/** Why there is no WebGPU here, `null` where there is. */
async function reasonAgainst(): Promise<string | null> {
  try {
    await library.test('deep-z-63x');
    return null;
  } catch (error) {
    // A result that is wrong is no missing device.
    const message = error instanceof Error ? error.message : String(error);
    return message.includes('wrongly') ? null : (message.split('\n')[0] ?? '');
  }
}

const reason = await reasonAgainst();
const needed = reason === null ? '' : ' (no such device here)';

describe.skipIf(reason !== null)(`WebGPU${needed}`, () => {
  it.each(['deep-z-63x', 'recurrent-mz-63x', 'recurrent-mz-beads-20x', 'unet-3d-63x'])(
    `computes the test of %s as PyTorch did${needed}`,
    async (name) => {
      const { device, maxAbsoluteDifference } = await library.test(name);
      expect(device).toBe('GPU (WebGPU)');
      expect(maxAbsoluteDifference).toBeLessThan(1e-5);
    },
    2 * MINUTES_MS,
  );
});
