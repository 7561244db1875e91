import type { MetricsReport } from '#renderer/stores/metricsReport';

/** One point of a curve over z. */
export interface CurvePoint {
  readonly z: number;
  readonly at: number;
  readonly value: number;
}

export interface MetricCurves {
  /** What was computed, broken where a plane was given: there it shows nothing of the method. */
  readonly result: readonly CurvePoint[];
  readonly given: readonly CurvePoint[];
  /** The best plain interpolation that the report has. */
  readonly baseline: { readonly name: string; readonly points: readonly CurvePoint[] } | null;
  /** Round values that enclose all finite figures. */
  readonly low: number;
  readonly high: number;
}

const BASELINES = ['cubic', 'linear', 'nearest'] as const;
const STEP_DB = 5;
/** A plane that equals the truth has no finite PSNR; it is drawn at the top. */
const MAX_SHOWN_DB = 60;

function shown(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(MAX_SHOWN_DB, value);
}

/** The interpolation with the best figure over the whole stack. */
export function bestBaseline({ baselines }: MetricsReport): (typeof BASELINES)[number] | null {
  const present = BASELINES.filter((name) => baselines?.[name] !== undefined);
  const score = (name: (typeof BASELINES)[number]): number =>
    baselines?.[name]?.whole.psnrDb ?? -Infinity;
  return present.toSorted((a, b) => score(b) - score(a))[0] ?? null;
}

/**
 * PSNR over z as curves.
 *
 * @param placeOf place of a plane on the axis, 0 to 1
 */
export function metricCurves(
  report: MetricsReport,
  placeOf: (plane: number) => number,
): MetricCurves {
  const point = (z: number, psnrDb: number): CurvePoint => ({
    z,
    at: placeOf(z),
    value: shown(psnrDb),
  });
  const name = bestBaseline(report);
  const result = report.planes.map(({ z, psnrDb }) => point(z, psnrDb));
  const given = report.planes
    .filter((plane) => plane.given)
    .map(({ z, psnrDb }) => point(z, psnrDb));
  const points =
    name === null
      ? []
      : (report.baselines?.[name]?.planes ?? []).map(({ z, psnrDb }) => point(z, psnrDb));
  const values = [...result, ...points].map(({ value }) => value);
  const low = Math.floor(Math.min(...values, MAX_SHOWN_DB) / STEP_DB) * STEP_DB;
  const high = Math.ceil((Math.max(...values, low) + 0.5) / STEP_DB) * STEP_DB;
  return { result, given, baseline: name === null ? null : { name, points }, low, high };
}
