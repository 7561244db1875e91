import type { Transforms } from '#core/registration/Transforms';
import { escapeHtml } from '#core/report/escapeHtml';
import { linePlot, type PlotSeries } from '#core/report/linePlot';
import { PAGE_STYLE } from '#core/report/pageStyle';
import { AXIAL_VERSION } from '#core/util/version';
import { driftLines, failedPlanesNote } from './driftLines';
import { drawnRows, type DriftRow, type DriftTable } from './driftTable';

/** The drift of a stack as one HTML file: warning, plots, and the figures of every plane. */
export function driftPage(name: string, series: readonly Transforms[], table: DriftTable): string {
  const title = `Drift of ${name}`;
  const [{ model, reference, anchor }] = series;
  const failed = failedPlanesNote(series);
  const kept = reference === 'previous' || reference === 'global' ? `, plane ${anchor} kept` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head><body><main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${driftLines(series).map(escapeHtml).join('.<br>')}.</p>
<p class="small">Transformation ${model}, registered to ${reference}${kept}. x runs to the right, y down; a shift is where the middle of a plane stood before it was moved back.</p>
${failed === null ? '' : `<p class="alarm" role="alert"><b>${escapeHtml(failed)}</b></p>`}
${series.map((_, s) => section(table, s)).join('\n')}
<footer>Axial ${AXIAL_VERSION}. Research software; not a medical device.</footer>
</main></body></html>
`;
}

function section(table: DriftTable, s: number): string {
  const rows = table.rows.filter((row) => row.series === s);
  const heading = table.seriesCount > 1 ? `<h2>Time point ${s}</h2>` : '';
  const unit = table.unit === 'um' ? 'µm' : 'px';
  const shift = plot(table, rows, `shift, ${unit}`, [
    { name: 'x', className: 'x', points: points(rows, ({ x }) => x) },
    { name: 'y', className: 'y', points: points(rows, ({ y }) => y) },
  ]);
  const turn = table.turns
    ? plot(table, rows, 'turn, degrees', [
        {
          name: 'turn',
          className: 'turn',
          points: points(rows, ({ turnDeg }) => turnDeg),
        },
      ])
    : '';
  return `${heading}<section>${legend(rows)}${shift}${turn}</section>
<section class="wide">${figures(table, rows, unit)}</section>`;
}

function legend(rows: readonly DriftRow[]): string {
  const failed = rows.some(({ suspect }) => suspect)
    ? '<span class="key failed">probably failed</span>'
    : '';
  return `<p class="legend"><span class="key x">x</span><span class="key y">y</span>${failed}</p>`;
}

function placeOf({ place, plane }: DriftRow): number {
  return place ?? plane;
}

function points(rows: readonly DriftRow[], value: (row: DriftRow) => number): PlotSeries['points'] {
  const drawn = new Set(drawnRows(rows));
  return rows.map((row) => ({ x: placeOf(row), y: drawn.has(row) ? value(row) : null }));
}

function plot(
  { along, placeUnit }: DriftTable,
  rows: readonly DriftRow[],
  yTitle: string,
  series: readonly PlotSeries[],
): string {
  const counted = along === 'z' ? 'plane' : 'time point';
  const xTitle = placeUnit === null ? counted : placeUnit === 'um' ? 'z, µm' : 'time, s';
  const warnings = rows.filter(({ suspect }) => suspect).map(placeOf);
  return linePlot({ xTitle, yTitle, series, marks: [], warnings });
}

function figures(
  { along, placeUnit, turns, scales }: DriftTable,
  rows: readonly DriftRow[],
  unit: string,
): string {
  const titles = [
    along === 'z' ? 'Plane' : 'Time point',
    ...(placeUnit ? [placeUnit === 'um' ? 'z, µm' : 'time, s'] : []),
    ...[`x, ${unit}`, `y, ${unit}`],
    ...(turns ? ['turn, °'] : []),
    ...(scales ? ['scale'] : []),
    ...['farthest, px', 'correlation before', 'after', 'converged'],
  ];
  const body = rows.map((row) => {
    const cells = [
      ...(placeUnit ? [number(row.place, 2)] : []),
      ...[number(row.x, 3), number(row.y, 3)],
      ...(turns ? [number(row.turnDeg, 3)] : []),
      ...(scales ? [number(row.scale, 5)] : []),
      number(row.displacementPx, 2),
      ...[number(row.correlationBefore, 4), number(row.correlationAfter, 4)],
      row.converged ? 'yes' : 'no',
    ];
    const line = `<tr${row.suspect ? ' class="failed"' : ''}><th>${row.plane}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const why = [`${row.reasons.join('; ')}.`, ...row.remedies].join(' ');
    return row.suspect
      ? `${line}<tr class="why"><td class="words" colspan="${titles.length}">${escapeHtml(why)}</td></tr>`
      : line;
  });
  return `<table><thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function number(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}
