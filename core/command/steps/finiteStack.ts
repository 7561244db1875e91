import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { readPlane } from '#core/image/readPlane';

/**
 * The stack with every pixel that is not a finite number (a hole in a mosaic, say) replaced by the
 * median of its plane, which is background in most fluorescence images. Integers are left alone.
 */
export function finiteStack(stack: ImageStack): ImageStack {
  if (stack.pixelType !== 'float32') return stack;
  return mapPlanes(stack, async (index, signal) => {
    const { data } = await readPlane(stack, index, signal ? { signal } : {});
    const finite = data.filter(Number.isFinite);
    if (finite.length === data.length) return data;
    const median = finite.length === 0 ? 0 : finite.sort()[finite.length >> 1];
    return data.map((value) => (Number.isFinite(value) ? value : median));
  });
}

/** The planes of a stack that have pixels which are not finite numbers, of those given. */
export async function planesWithHoles(
  stack: ImageStack,
  planes: readonly number[],
  signal: AbortSignal,
): Promise<number[]> {
  if (stack.pixelType !== 'float32') return [];
  const holed = new Set<number>();
  for (let t = 0; t < stack.shape.t; t++) {
    for (let c = 0; c < stack.shape.c; c++) {
      for (const z of planes) {
        const { data } = await readPlane(stack, { t, c, z }, { signal });
        if (!data.every(Number.isFinite)) holed.add(z);
      }
    }
  }
  return [...holed];
}
