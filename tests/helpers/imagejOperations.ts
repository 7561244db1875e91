import { medianFilter } from '#core/filter/medianFilter';
import { invertStack } from '#core/filter/invertStack';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import { readPlane } from '#core/image/readPlane';
import { toPixelType } from '#core/image/toPixelType';
import { projectStack, type ProjectionMethod } from '#core/stack/projectStack';
import { resliceStack } from '#core/stack/resliceStack';
import { samplesOf } from './stackPixels';

/** Operations as tests/reference/programs/OperateWithImageJ.java takes them. */
export const IMAGEJ_OPERATIONS: readonly string[] = [
  ...[0.5, 1, 1.5, 2, 2.5, 3, 6].map((radius) => `median ${radius}`),
  'invert',
  ...['mean', 'max', 'min', 'sum', 'std', 'median'].map((method) => `project ${method}`),
  'reslice top',
  'reslice left',
];

/** The same by our own functions, samples in the order (z, y, x). */
export async function operate(stack: ImageStack, operation: string): Promise<number[]> {
  const [name, how = ''] = operation.split(' ');
  if (name === 'invert') return samplesOf(await invertStack(stack));
  if (name === 'project') return samplesOf(projectStack(stack, how as ProjectionMethod));
  if (name === 'reslice') return samplesOf(resliceStack(stack, how === 'top' ? 'xz' : 'yz'));
  const filtered = mapPlanes(
    stack,
    async (index) => {
      const { data } = medianFilter(await readPlane(stack, index), Number(how));
      return toPixelType(data, stack.pixelType);
    },
    {},
  );
  return samplesOf(filtered);
}

/**
 * The largest difference that matters. ImageJ rounds the mean of integers and the median of 8 bits, and inverts 16 and 32 bits
 * between the ends of each plane, where ours takes the same ends for the whole stack: then the planes
 * may differ by one number each.
 */
export function differenceFromImageJ(
  operation: string,
  ours: readonly number[],
  theirs: ArrayLike<number>,
  { planeSize, whole }: { readonly planeSize: number; readonly whole: boolean },
): number {
  if (ours.length !== theirs.length) return Infinity;
  const rounded = whole && ['project mean', 'project median'].includes(operation);
  const differences = ours.map((value, i) => (rounded ? Math.round(value) : value) - theirs[i]);
  if (operation !== 'invert') return Math.max(...differences.map(Math.abs));
  return Math.max(...differences.map((one, i) => Math.abs(one - differences[i - (i % planeSize)])));
}
