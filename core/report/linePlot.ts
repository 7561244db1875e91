import { escapeHtml } from './escapeHtml';

/** One curve; points whose value is `null` are left out. */
export interface PlotSeries {
  readonly name: string;
  readonly className: string;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

/** What is drawn, and what the axes are called. */
export interface PlotOptions {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly PlotSeries[];
  /** Positions on the x axis that are marked with a dot at the foot. */
  readonly marks: readonly number[];
  /** Positions on the x axis that are marked with a warning triangle at the foot. @default none */
  readonly warnings?: readonly number[];
}

const WIDTH = 860;
const HEIGHT = 240;
const MARGIN = { left: 52, right: 16, top: 14, bottom: 40 };

/** A line plot as SVG, styled by the page's classes. */
export function linePlot({ xTitle, yTitle, series, marks, warnings = [] }: PlotOptions): string {
  const points = series.flatMap((one) => one.points).filter(({ y }) => y !== null);
  const xTicks = ticks(points.map(({ x }) => x));
  const yTicks = ticks(points.map(({ y }) => y ?? 0));
  const x = scaler(
    points.map((point) => point.x),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = scaler(
    [...yTicks, ...points.map((point) => point.y ?? 0)],
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const curves = series.map(
    ({ className, name, points: own }) =>
      `<polyline class="${className}" points="${own
        .filter((point) => point.y !== null)
        .map((point) => `${x(point.x).toFixed(1)},${y(point.y ?? 0).toFixed(1)}`)
        .join(' ')}"><title>${escapeHtml(name)}</title></polyline>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(yTitle)} over ${escapeHtml(xTitle)}">
${yTicks.map((tick) => `<path class="grid" d="M${MARGIN.left} ${y(tick).toFixed(1)}H${WIDTH - MARGIN.right}"/><text class="tick end" x="${MARGIN.left - 8}" y="${(y(tick) + 4).toFixed(1)}">${tick}</text>`).join('')}
${xTicks.map((tick) => `<text class="tick middle" x="${x(tick).toFixed(1)}" y="${HEIGHT - MARGIN.bottom + 18}">${tick}</text>`).join('')}
${curves.join('\n')}
${marks.map((mark) => `<circle class="given" cx="${x(mark).toFixed(1)}" cy="${HEIGHT - MARGIN.bottom}" r="4.5"/>`).join('')}
${warnings.map((at) => triangle(x(at))).join('')}
<text class="tick middle" x="${(WIDTH + MARGIN.left) / 2}" y="${HEIGHT - 4}">${escapeHtml(xTitle)}</text>
<text class="tick" x="${MARGIN.left}" y="10">${escapeHtml(yTitle)}</text>
</svg>`;
}

/** A triangle on the x axis, its tip upwards. */
function triangle(x: number): string {
  const foot = HEIGHT - MARGIN.bottom + 5;
  return `<path class="failed" d="M${x.toFixed(1)} ${foot - 11}l6 11h-12z"/>`;
}

function scaler(values: readonly number[], from: number, to: number): (value: number) => number {
  const lowest = Math.min(...values);
  const span = Math.max(...values) - lowest || 1;
  return (value) => from + ((value - lowest) / span) * (to - from);
}

/** About five round numbers inside the range of the values. */
function ticks(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const rough = (highest - lowest) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= 0.8 * rough) ?? 10) * power;
  const first = Math.ceil(lowest / step);
  const count = Math.floor(highest / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(10)));
}
