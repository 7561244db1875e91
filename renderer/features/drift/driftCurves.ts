import { drawnRows, type DriftRow } from '#core/command/steps/driftTable';
import { roundTicks, type PlotCurve, type PlotMark } from '#renderer/components/plotGeometry';

/** What one drift plot draws. */
export interface DriftCurves {
  readonly curves: readonly PlotCurve[];
  readonly marks: readonly PlotMark[];
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** A quantity of the table as a curve. */
export interface DriftQuantity {
  readonly name: string;
  readonly look: PlotCurve['look'];
  readonly of: (row: DriftRow) => number;
}

/**
 * Quantities of planes as curves. Planes that probably failed break them and are marked at the
 * foot; how far they were thrown must not squeeze the drift of the others to a line.
 *
 * @param placeOf place of a plane on the axis, 0 to 1
 */
export function driftCurves(
  rows: readonly DriftRow[],
  quantities: readonly DriftQuantity[],
  placeOf: (plane: number) => number,
): DriftCurves {
  const drawn = new Set(drawnRows(rows));
  const values = quantities.flatMap(({ of }) => [...drawn].map(of));
  const [low, high] = spanOf(values);
  return {
    curves: quantities.map(({ name, look, of }) => ({
      ...{ name, look },
      points: rows.map((row) => ({
        at: placeOf(row.plane),
        value: drawn.has(row) ? of(row) : null,
      })),
    })),
    marks: rows
      .filter(({ suspect }) => suspect)
      .map(({ plane, reasons }) => ({
        ...{ key: String(plane), kind: 'failed' as const, at: placeOf(plane), value: low },
        title: `${plane}: probably failed (${reasons.join('; ')})`,
      })),
    ...{ low, high },
    ticks: roundTicks(low, high),
  };
}

/** The values with a rim, never without extent, and with zero in sight. */
function spanOf(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rim = 0.06 * (high - low) || 1;
  return [low - rim, high + rim];
}
