import type { DriftRow, DriftTable } from './driftTable';

type Cell = string | number | boolean | null;
type Column = readonly [title: string, cell: (row: DriftRow) => Cell];

/**
 * The drift as comma-separated values, one line for each plane, units in the titles; cells that do not
 * apply are empty.
 *
 * @param separator a tab instead of the comma, for spreadsheets that read the clipboard
 */
export function driftCsv(table: DriftTable, separator: ',' | '\t' = ','): string {
  const columns = columnsOf(table);
  const lines = [
    columns.map(([title]) => title),
    ...table.rows.map((row) => columns.map(([, cell]) => text(cell(row)))),
  ];
  return `${lines.map((cells) => cells.join(separator)).join('\r\n')}\r\n`;
}

function columnsOf({ along, placeUnit, unit, seriesCount, turns, scales }: DriftTable): Column[] {
  const columns: (Column | null)[] = [
    along === 'z' && seriesCount > 1 ? ['time_point', ({ series }) => series] : null,
    [along === 'z' ? 'plane' : 'time_point', ({ plane }) => plane],
    placeUnit ? [along === 'z' ? 'z_um' : 'time_s', ({ place }) => place] : null,
    unit === 'um' ? ['shift_x_um', ({ x }) => x] : null,
    unit === 'um' ? ['shift_y_um', ({ y }) => y] : null,
    ['shift_x_px', ({ xPx }) => xPx],
    ['shift_y_px', ({ yPx }) => yPx],
    turns ? ['turn_deg', ({ turnDeg }) => turnDeg] : null,
    scales ? ['scale', ({ scale }) => scale] : null,
    ['largest_displacement_px', ({ displacementPx }) => displacementPx],
    ['correlation_before', ({ correlationBefore }) => correlationBefore],
    ['correlation_after', ({ correlationAfter }) => correlationAfter],
    ['residual', ({ residual }) => residual],
    ['converged', ({ converged }) => converged],
    ['probably_failed', ({ suspect }) => suspect],
    ['reasons', ({ reasons }) => reasons.join('; ')],
  ];
  return columns.filter((column) => column !== null);
}

function text(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return String(Number(cell.toPrecision(7)));
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
