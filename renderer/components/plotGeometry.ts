/** One point of a curve: where on the axis, 0 to 1, and its value; `null` breaks the curve. */
export interface PlotPoint {
  readonly at: number;
  readonly value: number | null;
}

export interface PlotCurve {
  readonly name: string;
  readonly look: 'solid' | 'dashed' | 'faint';
  readonly points: readonly PlotPoint[];
}

/** A point of its own: a plane that was given, or one that failed. */
export interface PlotMark {
  readonly key: string;
  readonly kind: 'given' | 'failed';
  readonly at: number;
  readonly value: number;
  readonly title: string;
}

const RIM_PERCENT = 6;

/** Height of a value in the plot, in per cent from the top; what lies outside stands at the rim. */
export function placeIn(value: number, low: number, high: number): number {
  const part = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  return RIM_PERCENT + (100 - 2 * RIM_PERCENT) * (1 - part);
}

/** A curve as an SVG path over a width of 1000. */
export function pathOf(points: readonly PlotPoint[], yOf: (value: number) => number): string {
  let pen = 'M';
  return points
    .map(({ at, value }) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${(1000 * at).toFixed(1)} ${yOf(value).toFixed(2)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** About three round values that lie within `low` to `high`. */
export function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 2.5;
  if (!(rough > 0)) return [low];
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].findLast((digit) => digit * decade <= rough) ?? 1) * decade;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}
