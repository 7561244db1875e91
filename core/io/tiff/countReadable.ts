import { isAxialError } from '#core/util/errors';
import type { PageLayout } from './PageLayout';
import { pageEnd } from './PageLayout';
import type { StackPlan } from './StackPlan';
import { storedCount } from './StackPlan';
import type { TiffFile } from './TiffFile';

/** Whether everything that stored plane `plane` needs lies in the file. Planes of other files count as whole. */
async function isWhole(
  file: TiffFile,
  plan: StackPlan,
  plane: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const place = plan.place(plane);
  if (place.file !== 0) return true;
  if (place.page < 0 || place.page >= file.pageCount) return false;
  let layout: PageLayout;
  try {
    layout = await file.layout(place.page, signal);
  } catch (error) {
    if (isAxialError(error, 'DamagedFileError', 'UnsupportedFileError')) return false;
    throw error;
  }
  return pageEnd(layout) + place.shift <= file.bytes.size;
}

/**
 * How many of the first planes are whole. Files are cut off at one place, so the last plane tells
 * whether all are there, and halving finds the first that is not, without reading every page.
 */
export async function countReadable(
  file: TiffFile,
  plan: StackPlan,
  signal: AbortSignal | undefined,
): Promise<number> {
  const count = storedCount(plan.stored);
  if (!(await isWhole(file, plan, 0, signal))) return 0;
  if (await isWhole(file, plan, count - 1, signal)) return count;
  let whole = 0;
  let broken = count - 1;
  while (broken - whole > 1) {
    // Not a shift: files may promise more planes than 31 bits count.
    const middle = Math.floor((whole + broken) / 2);
    if (await isWhole(file, plan, middle, signal)) whole = middle;
    else broken = middle;
  }
  return whole + 1;
}
