import type { DriftRow, DriftTable } from '#core/command/steps/driftTable';
import { shortFigure } from '#renderer/components/format';

/** One column of the table of planes. */
export interface PlaneColumn {
  readonly title: string;
  /** What the title means, in full. */
  readonly help: string;
  readonly text: (row: DriftRow) => string;
  readonly order: (row: DriftRow) => number;
}

/** Which column orders the rows, and which way. */
export interface RowOrder {
  readonly column: number;
  readonly descending: boolean;
}

function figure(
  title: string,
  help: string,
  decimals: number,
  of: (row: DriftRow) => number | null,
): PlaneColumn {
  const number = (row: DriftRow): number => of(row) ?? NaN;
  return { title, help, text: (row) => shortFigure(number(row), decimals), order: number };
}

/** The columns that a table of drift has something to say in. */
export function planeColumns({ along, placeUnit, unit, turns, scales }: DriftTable): PlaneColumn[] {
  const length = unit === 'um' ? 'µm' : 'px';
  const decimals = unit === 'um' ? 3 : 2;
  const counted = along === 'z' ? 'Plane' : 'Point';
  return [
    {
      ...{ title: counted, help: `${along === 'z' ? 'Plane' : 'Time point'}, counted from 0` },
      text: ({ plane }) => String(plane),
      order: ({ plane }) => plane,
    },
    ...(placeUnit
      ? [
          figure(
            placeUnit === 'um' ? 'z, µm' : 'time, s',
            placeUnit === 'um' ? 'Depth in micrometres' : 'Time in seconds',
            placeUnit === 'um' ? 2 : 1,
            ({ place }) => place,
          ),
        ]
      : []),
    figure(
      `x, ${length}`,
      'How far to the right the middle of the plane stood',
      decimals,
      (r) => r.x,
    ),
    figure(`y, ${length}`, 'How far down the middle of the plane stood', decimals, (r) => r.y),
    ...(turns
      ? [figure('turn, °', 'How far the plane was turned, in degrees', 2, (r) => r.turnDeg)]
      : []),
    ...(scales ? [figure('size', 'How large the specimen was', 4, (r) => r.scale)] : []),
    figure(
      'fit before',
      'Normalised correlation with its reference before alignment',
      3,
      (r) => r.correlationBefore,
    ),
    figure('fit after', 'Normalised correlation afterwards', 3, (r) => r.correlationAfter),
  ];
}

/** The rows in the wanted order; figures that are missing come last. */
export function sortedRows(
  rows: readonly DriftRow[],
  columns: readonly PlaneColumn[],
  { column, descending }: RowOrder,
): DriftRow[] {
  const order = columns[column]?.order ?? (({ plane }: DriftRow) => plane);
  const rank = (row: DriftRow): number => {
    const value = order(row);
    if (Number.isNaN(value)) return Infinity;
    return descending ? -value : value;
  };
  return rows.toSorted((a, b) => rank(a) - rank(b) || a.plane - b.plane);
}
