import type { LevelSize } from '#core/image/PlaneSource';

/** The coarsest level that still has a sample for every device pixel of `widthPx`. */
export function levelFor(levels: readonly LevelSize[], widthPx: number): number {
  const fitting = levels.findLastIndex(({ width }) => width >= widthPx);
  return Math.max(0, fitting);
}
