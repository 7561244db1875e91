import type { WalkedAxis } from '#renderer/stores/walkedAxis';

/** The axis of a stack on screen: where planes lie, and which plane a place is nearest to. */
export interface PlaneAxis {
  /** Place of a plane on the axis, 0 at the left end to 1 at the right. */
  readonly fractionOf: (plane: number) => number;
  readonly planeAt: (fraction: number) => number;
  readonly ticks: readonly { readonly fraction: number; readonly label: string }[];
}

const WANTED_TICKS = 7;

function roundStep(span: number): number {
  const rough = span / WANTED_TICKS;
  const decade = 10 ** Math.floor(Math.log10(rough));
  return (([1, 2, 5, 10].find((digit) => digit * decade >= rough) ?? 10) * decade) as number;
}

function ticksOf(span: number, unit: string): PlaneAxis['ticks'] {
  const step = roundStep(span);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const count = Math.floor(span / step + 1e-6);
  return Array.from({ length: count + 1 }, (_, i) => {
    const last = i === count ? ` ${unit}` : '';
    return { fraction: (i * step) / span, label: (i * step).toFixed(decimals) + last };
  });
}

const UNITS = { z: { place: 'µm', count: 'planes' }, t: { place: 's', count: 'time points' } };

/**
 * The axis that a stack is walked along, in micrometres or seconds where they are known and counted
 * otherwise. Each plane lies at its position, also when spacing is not uniform.
 */
export function planeAxis({ name, count, places }: WalkedAxis): PlaneAxis {
  const units = UNITS[name];
  const span = count - 1;
  if (span < 1) return { fractionOf: () => 0.5, planeAt: () => 0, ticks: [] };
  const first = places?.[0] ?? 0;
  const depth = places ? (places[span] ?? 0) - first : 0;
  if (!places || !(Math.abs(depth) > 0)) {
    return {
      fractionOf: (plane) => plane / span,
      planeAt: (fraction) => Math.min(span, Math.max(0, Math.round(fraction * span))),
      ticks: ticksOf(span, units.count),
    };
  }
  const fractions = places.map((place) => Math.abs((place - first) / depth));
  const nearest = (fraction: number): number =>
    fractions.reduce(
      (best, place, plane) =>
        Math.abs(place - fraction) < Math.abs((fractions[best] ?? 0) - fraction) ? plane : best,
      0,
    );
  return {
    fractionOf: (plane) => fractions[plane] ?? 0,
    planeAt: nearest,
    ticks: ticksOf(Math.abs(depth), units.place),
  };
}
