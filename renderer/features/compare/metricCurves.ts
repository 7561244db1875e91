import { bestBaseline, type MetricsReport } from '#renderer/stores/metricsReport';

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

const STEP_DB = 5;
/** A plane that equals the truth has no finite PSNR; it is drawn at the top. */
const MAX_SHOWN_DB = 60;

/**
 * PSNR over z as curves.
 *
 * @param placeOf place of a plane on the axis, 0 to 1
 */
export function metricCurves(
  report: MetricsReport,
  placeOf: (plane: number) => number,
): MetricCurves {
  const pointsOf = (planes: MetricsReport['planes']): CurvePoint[] =>
    planes
      .filter(({ psnrDb }) => !Number.isNaN(psnrDb))
      .map(({ z, psnrDb }) => ({ z, at: placeOf(z), value: Math.min(MAX_SHOWN_DB, psnrDb) }));
  const name = bestBaseline(report);
  const result = pointsOf(report.planes);
  const given = pointsOf(report.planes.filter((plane) => plane.given));
  const points = name === null ? [] : pointsOf(report.baselines?.[name]?.planes ?? []);
  const values = [...result, ...points].map(({ value }) => value);
  const low = Math.floor(Math.min(...values, MAX_SHOWN_DB) / STEP_DB) * STEP_DB;
  const high = Math.ceil((Math.max(...values, low) + 0.5) / STEP_DB) * STEP_DB;
  return { result, given, baseline: name === null ? null : { name, points }, low, high };
}
