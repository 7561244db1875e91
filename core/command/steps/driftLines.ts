import type { SuspectReason } from '#core/registration/flagSuspectPlanes';
import type { PlaneTransform, Transforms } from '#core/registration/Transforms';
import { planeRanges } from './planeRanges';
import { SUSPECT_REASONS } from './suspectReasons';

/** The drift of an alignment in a few lines: how far, how much of it was believed, what was flagged. */
export function driftLines(series: readonly Transforms[]): string[] {
  return [driftLine(series), ...believedLines(series), flaggedLine(flaggedPlanes(series))];
}

/** What has to be said when planes were flagged; `null` when none was. */
export function failedPlanesNote(series: readonly Transforms[]): string | null {
  const flagged = flaggedPlanes(series);
  if (flagged.length === 0) return null;
  const planes = flagged.length === 1 ? 'plane' : 'planes';
  return `Registration probably failed on ${planes} ${planeRanges(flagged.map(({ index }) => index))}; look there before going on.`;
}

function flaggedPlanes(series: readonly Transforms[]): PlaneTransform[] {
  return series.flatMap(({ planes }) => planes.filter(({ suspect }) => suspect));
}

/** How far a failed plane was thrown says nothing about the drift. */
function driftLine(series: readonly Transforms[]): string {
  const all = series.flatMap((transforms) => transforms.planes);
  const trusted = all.filter(({ suspect }) => !suspect);
  const planes = trusted.length > 0 ? trusted : all;
  const farthest = planes.reduce((a, b) => (b.displacementPx > a.displacementPx ? b : a));
  return `Largest drift ${farthest.displacementPx.toFixed(2)} px at plane ${farthest.index}`;
}

/** How much of what was measured was put into the stack, where some of it could be chance. */
function believedLines(series: readonly Transforms[]): string[] {
  return series.flatMap(({ drift }) => {
    if (!drift) return [];
    const [shift, shape] = [drift.shiftShare, drift.shapeShare].map(
      (share) => `${Math.round(100 * share)} %`,
    );
    return [
      `Corrected ${shift} of the slow shift and ${shape} of the slow turn that were measured; what is left could be chance (up to ${drift.shiftErrorPx.toFixed(1)} px)`,
    ];
  });
}

function flaggedLine(flagged: readonly PlaneTransform[]): string {
  if (flagged.length === 0) return 'No plane flagged';
  const byReason = (Object.keys(SUSPECT_REASONS) as SuspectReason[])
    .map((reason) => ({
      reason,
      planes: flagged.filter(({ reasons }) => reasons.includes(reason)),
    }))
    .filter(({ planes }) => planes.length > 0)
    .map(
      ({ reason, planes }) =>
        `${planeRanges(planes.map(({ index }) => index))} (${SUSPECT_REASONS[reason].what})`,
    );
  return `Flagged: ${byReason.join('; ')}`;
}
