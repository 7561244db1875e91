import type { ImageStack } from '#core/image/ImageStack';
import type { Plane } from '#core/image/Plane';
import { readValues } from '#core/image/readValues';
import { interpolatePlanes } from '#core/reconstruct/interpolatePlanes';
import { escapeHtml } from '#core/report/escapeHtml';
import { greyPng, type DisplayRange } from '#core/report/greyPng';
import { linePlot } from '#core/report/linePlot';
import { PAGE_STYLE } from '#core/report/pageStyle';
import type { CommandContext } from '#core/command/CommandContext';
import { printMacro } from '#core/command/printMacro';
import { AXIAL_VERSION } from '#core/util/version';
import { BASELINES } from './compareStacks';
import { comparisonLines } from './comparisonLines';
import type { ComparisonReport, PlaneFigures, SeriesFigures } from './comparisonReport';
import type { PlanePair } from './pairPlanes';

const MOST_PICTURES = 3;
const DIFFERENCE_GAIN = 4;

/** Which planes the page shows. */
export interface PageOptions {
  readonly t: number;
  readonly c: number;
  readonly pairs: readonly PlanePair[];
  readonly truthZUm: readonly number[] | null;
  readonly measured: ImageStack;
}

/** The comparison as one HTML file: verdict, curve, pictures, table, and the macro that made the result. */
export async function comparisonPage(
  context: Pick<CommandContext, 'signal'>,
  result: ImageStack,
  truth: ImageStack,
  report: ComparisonReport,
  options: PageOptions,
): Promise<string> {
  const rows = await pictureRows(context, result, truth, report, options);
  const title = `${report.result} against ${report.truth}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head><body><main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(verdict(report))}</p>
<section><h2>Quality over depth</h2>${legend(report)}${curve(report)}</section>
<section><h2>Planes that were withheld</h2>${rows}</section>
<section><h2>Figures</h2>${figuresTable(report)}${definitions(report)}</section>
<section><h2>How the result was made</h2><pre>${escapeHtml(printMacro(result.history))}</pre></section>
<footer>Axial ${AXIAL_VERSION}. Research software; not a medical device.</footer>
</main></body></html>
`;
}

function verdict(report: ComparisonReport): string {
  const { gains, planes } = report;
  if (gains === null) return comparisonLines(report)[1].trim();
  const withheld = planes.filter(({ given }) => !given).length;
  const best = BASELINES.reduce((a, b) =>
    (gains[b].fittedPsnrDb ?? 0) < (gains[a].fittedPsnrDb ?? 0) ? b : a,
  );
  const gain = gains[best].fittedPsnrDb ?? 0;
  const word = gain >= 0 ? 'better' : 'worse';
  return `On ${withheld} planes that the network never saw, the result is ${Math.abs(gain).toFixed(2)} dB ${word} than ${best} interpolation, the best of the three, after fitting scale and offset; it is closer to the truth in ${gains[best].betterPlanes} of ${gains[best].planes} planes.`;
}

function legend({ baselines }: ComparisonReport): string {
  const interpolation = baselines
    ? '<span class="key linear">linear interpolation</span><span class="key cubic">cubic interpolation</span>'
    : '';
  return `<p class="legend"><span class="key network">result</span>${interpolation}<span class="key dot">planes that the network was given</span></p>`;
}

function curve(report: ComparisonReport): string {
  const at = ({ z, zUm }: PlaneFigures): number => zUm ?? z;
  const series = (name: string, className: string, { planes }: SeriesFigures) => ({
    name,
    className,
    // A given plane equals itself under interpolation, which has no PSNR to draw.
    points: planes.map((plane) => ({ x: at(plane), y: plane.given ? null : plane.fittedPsnrDb })),
  });
  const { baselines } = report;
  return linePlot({
    xTitle: report.planes[0]?.zUm === null ? 'plane' : 'z, um',
    yTitle: 'PSNR after fit, dB',
    series: [
      ...(baselines
        ? [series('linear', 'linear', baselines.linear), series('cubic', 'cubic', baselines.cubic)]
        : []),
      series('result', 'network', report),
    ],
    marks: report.planes.filter(({ given }) => given).map(at),
  });
}

/** Result, linear interpolation, truth and their differences for a few withheld planes. */
async function pictureRows(
  { signal }: Pick<CommandContext, 'signal'>,
  result: ImageStack,
  truth: ImageStack,
  report: ComparisonReport,
  { t, c, pairs, truthZUm, measured }: PageOptions,
): Promise<string> {
  const read = (stack: ImageStack, z: number): Promise<Plane> =>
    readValues(stack, { t, c, z }, { signal });
  const inputs = await Promise.all(report.given.map((z) => read(measured, z)));
  const rows: string[] = [];
  for (const k of chosen(report)) {
    const { resultIndex, truthIndex } = pairs[k];
    const reference = await read(truth, truthIndex);
    const own = fitted(await read(result, resultIndex), report.withheld.fitted);
    const rival = report.baselines?.linear;
    const linear =
      rival && truthZUm
        ? {
            ...reference,
            data: interpolatePlanes(
              inputs.map(({ data }) => data),
              report.given.map((z) => truthZUm[z]),
              truthZUm[truthIndex],
              'linear',
            ),
          }
        : null;
    const { zUm, fittedPsnrDb } = report.planes[k];
    const where =
      zUm === null ? `plane ${truthIndex}` : `z = ${zUm.toFixed(2)} um, plane ${truthIndex}`;
    const range = displayRange(reference);
    rows.push(`<h3>${where}</h3><div class="row">
${figure('Result', own, range, fittedPsnrDb)}${linear && rival ? figure('Linear interpolation', fitted(linear, rival.withheld.fitted), range, rival.planes[k].fittedPsnrDb) : ''}${figure('Truth', reference, range, null)}${figure(`Result minus truth, absolute, ${DIFFERENCE_GAIN} times brighter`, difference(own, reference), { min: 0, max: (range.max - range.min) / DIFFERENCE_GAIN }, null)}
</div>`);
  }
  return rows.join('\n');
}

/** Withheld planes spread over the depth. */
function chosen({ planes }: ComparisonReport): number[] {
  const unseen = planes.map((plane, k) => ({ plane, k })).filter(({ plane }) => !plane.given);
  const count = Math.min(MOST_PICTURES, unseen.length);
  return Array.from(
    { length: count },
    (_, i) => unseen[Math.floor(((i + 0.5) * unseen.length) / count)].k,
  );
}

function figure(caption: string, plane: Plane, range: DisplayRange, psnrDb: number | null): string {
  const figureText = psnrDb === null ? '' : ` <span>${psnrDb.toFixed(1)} dB</span>`;
  return `<figure><img src="${greyPng(plane, range)}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}${figureText}</figcaption></figure>`;
}

function fitted(plane: Plane, { scale, offset }: { scale: number; offset: number }): Plane {
  return { ...plane, data: plane.data.map((value) => value * scale + offset) };
}

function difference(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => Math.abs(value - b.data[i])) };
}

/** From the darkest to the 99.9th percentile, so that one hot pixel does not blacken the picture. */
function displayRange({ data }: Plane): DisplayRange {
  const sorted = data.toSorted();
  return { min: sorted[0], max: sorted[Math.floor((sorted.length - 1) * 0.999)] };
}

function figuresTable(report: ComparisonReport): string {
  const { baselines } = report;
  const rows: [string, SeriesFigures][] = [
    ['Result', report],
    ...(baselines
      ? BASELINES.map((method): [string, SeriesFigures] => [
          `Interpolation, ${method}`,
          baselines[method],
        ])
      : []),
  ];
  const cells = rows.map(([name, { withheld }]) => {
    const values = [
      number(withheld.psnrDb, 2),
      number(withheld.fitted.psnrDb, 2),
      number(withheld.ssim, 4),
      number(withheld.msSsim, 4),
      number(withheld.rmse, 1),
      number(withheld.nrmse, 4),
      number(withheld.fitted.nrmse, 4),
      number(withheld.pearson, 4),
    ];
    return `<tr><th>${name}</th>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr><th>Withheld planes</th><th>PSNR, dB</th><th>PSNR fitted, dB</th><th>SSIM</th><th>MS-SSIM</th><th>RMSE</th><th>NRMSE</th><th>NRMSE fitted</th><th>Pearson r</th></tr></thead><tbody>${cells.join('')}</tbody></table>`;
}

function definitions({ dataRange }: ComparisonReport): string {
  return `<p class="small">PSNR and SSIM with a data range of ${Number(dataRange.toPrecision(6))} grey levels (largest minus smallest value of the truth unless given). SSIM: Gaussian window of 11 pixels, sigma 1.5. RMSE in grey levels of the truth; NRMSE: the same over the root mean square of the truth. "Fitted": after one scale and one offset for all withheld planes, by least squares. SSIM and MS-SSIM are means over planes, the others are over all pixels.</p>`;
}

function number(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}
