import { isAxialError } from '#core/util/errors';
import type { PageLayout } from './PageLayout';
import type { TiffFile } from './TiffFile';
import type { Level } from './tiffPlaneSource';

/** The resolution levels of a page: itself, then its SubIFD copies, largest first. */
export async function readLevels(
  file: TiffFile,
  page: PageLayout,
  signal: AbortSignal | undefined,
): Promise<{ levels: Level[]; notes: string[] }> {
  const full: Level = { width: page.width, height: page.height, subIfd: -1 };
  const smaller: Level[] = [];
  const notes: string[] = [];
  for (let i = 0; i < page.subIfds.length; i++) {
    try {
      const copy = await file.layoutAt(page.subIfds[i] ?? 0, signal);
      const fits =
        copy.kind === page.kind &&
        copy.samplesPerPixel === page.samplesPerPixel &&
        copy.width <= page.width &&
        copy.height <= page.height;
      if (fits) smaller.push({ width: copy.width, height: copy.height, subIfd: i });
    } catch (error) {
      if (!isAxialError(error)) throw error;
      notes.push('A smaller copy of the planes is damaged and was left out.');
    }
  }
  smaller.sort((a, b) => b.width * b.height - a.width * a.height);
  return { levels: [full, ...smaller], notes };
}
