import { describe, expect, it } from 'vitest';
import type { Plane } from '#core/image/Plane';
import { maskPyramid } from '#core/registration/maskPyramid';
import { planeMean } from '#core/registration/planeMean';
import { registerPair } from '#core/registration/registerPair';
import { TRANSFORM_MODELS } from '#core/registration/TransformModel';
import { blobScene, gridErrorPx, similarity } from './scenes';

const SIZE = 128;
const CELL_Y = 60;
const CELL_RADIUS_PX = 14;

/** A scene with a bright cell of its own at (x, 60). */
function withCell(scene: Plane, x: number): Plane {
  const data = scene.data.map((value, i) => {
    const distance = Math.hypot((i % SIZE) - x, Math.floor(i / SIZE) - CELL_Y);
    return value + 2000 * Math.exp(-(distance ** 2) / 30);
  });
  return { ...scene, data };
}

function maskAround(x: number): Uint8Array {
  return Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const distance = Math.hypot((i % SIZE) - x, Math.floor(i / SIZE) - CELL_Y);
    return distance < CELL_RADIUS_PX ? 0 : 1;
  });
}

const drift = similarity(SIZE, 0, 1, 1.7, -0.6);
const still = withCell(blobScene(SIZE, similarity(SIZE, 0, 1, 0, 0), 4), 50);
const moved = withCell(blobScene(SIZE, drift, 4), 62);

describe('registration with masks', () => {
  it('is misled by a bright cell that moves on its own, without them', () => {
    const { matrix } = registerPair(still, moved, 'translation');
    expect(gridErrorPx(matrix, drift, SIZE, SIZE)).toBeGreaterThan(1);
  });

  it.each(TRANSFORM_MODELS)('does not look at what they leave out: %s', (model) => {
    const found = registerPair(
      { ...still, mask: maskAround(50) },
      { ...moved, mask: maskAround(62) },
      model,
    );
    expect(found.converged).toBe(true);
    expect(gridErrorPx(found, drift, SIZE, SIZE)).toBeLessThan(0.05);
    expect(found.correlationAfter).toBeGreaterThan(0.999);
  });

  it('gives the same with a mask that leaves out nothing as without', () => {
    const mask = new Uint8Array(SIZE * SIZE).fill(1);
    const found = registerPair({ ...still, mask }, { ...moved, mask }, 'affine');
    expect(found).toEqual(registerPair(still, moved, 'affine'));
  });

  it('stays where it is, and says so, when nothing is left to compare', () => {
    const mask = new Uint8Array(SIZE * SIZE);
    const found = registerPair({ ...still, mask }, moved, 'rigid');
    expect(found.converged).toBe(false);
    expect(found.displacementPx).toBe(0);
    expect(found.correlationAfter).toBe(0);
  });
});

describe('maskPyramid', () => {
  it('counts a coarse pixel where any of the nine finer ones around it counts', () => {
    const mask = new Uint8Array(64);
    mask[3 * 8 + 5] = 1;
    const [, half] = maskPyramid(mask, [
      { width: 8, height: 8 },
      { width: 4, height: 4 },
    ]);
    const counting = [...half.keys()].filter((i) => half[i]);
    expect(counting).toEqual([1 * 4 + 2, 1 * 4 + 3, 2 * 4 + 2, 2 * 4 + 3]);
  });
});

describe('planeMean of masked planes', () => {
  it('counts a pixel where it counts in every plane', () => {
    const mean = planeMean();
    const data = Float32Array.of(1, 2, 3);
    mean.add({ width: 3, height: 1, data, mask: Uint8Array.of(1, 0, 1) });
    mean.add({ width: 3, height: 1, data });
    mean.add({ width: 3, height: 1, data, mask: Uint8Array.of(1, 1, 0) });
    expect(mean.result().mask).toEqual(Uint8Array.of(1, 0, 0));
  });
});
