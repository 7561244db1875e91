import type { LayeredSpecimen } from '#core/optics/fit/LayeredSpecimen';
import { meanOf } from '#core/util/meanOf';
import type { PointPlane } from './PointCanvas';
import type { Point } from './PointPlanes';
import type { PointSpread } from './PointSpread';

/** A point stands out of the noise by this many standard deviations, or it is none. */
const LEAST_SIGNIFICANCE = 5;

/** Weaker ones wait until the brightest have been taken away: they may be what is left of those. */
const LEAST_SHARE = 0.35;

/**
 * Where a ball of light would explain more of the planes than noise does, the best first: peaks of the matched
 * filter, which spreads what is left of the planes over layers as the optics spread light.
 */
export function pointCandidates(
  layered: LayeredSpecimen,
  planes: readonly PointPlane[],
  spread: PointSpread,
): Point[] {
  const { layerZUm, area, frame } = layered;
  const meanWeights = planes.map(({ weights }) => meanOf(weights));
  const energies = layerZUm.map((layerUm) =>
    planes.reduce((sum, { zUm }, p) => sum + meanWeights[p]! * spread.energy(zUm - layerUm), 0),
  );
  const weighed = planes.map(({ rest, weights }) => rest.map((value, i) => value * weights[i]!));
  const heights = planes.map(({ zUm }) => zUm);
  const light = new Float32Array(area);
  const scores: Float32Array[] = [];
  layered.spread(weighed, heights, light, (j) => {
    const scale = 1 / Math.sqrt(energies[j]!);
    scores.push(light.map((value) => value * scale));
  });
  const found = scores.flatMap((layer, j) =>
    peaksOf(scores, j, frame.width).map((i) => {
      const [x, y] = [i % frame.width, Math.floor(i / frame.width)];
      const place = { xPx: x - frame.left, yPx: y - frame.top, zUm: layerZUm[j]! };
      return { score: layer[i]!, point: { ...place, light: layer[i]! / Math.sqrt(energies[j]!) } };
    }),
  );
  found.sort((a, b) => b.score - a.score);
  const least = LEAST_SHARE * (found[0]?.score ?? 0);
  return found.filter(({ score }) => score >= least).map(({ point }) => point);
}

/** Samples of a layer that stand out of the noise and above all their neighbours, in layers above and below too. */
function peaksOf(scores: readonly Float32Array[], j: number, width: number): number[] {
  const layer = scores[j]!;
  const peaks: number[] = [];
  for (let i = width + 1; i < layer.length - width - 1; i++) {
    if (layer[i]! >= LEAST_SIGNIFICANCE && isPeak(scores, j, i, width)) peaks.push(i);
  }
  return peaks;
}

function isPeak(scores: readonly Float32Array[], j: number, i: number, width: number): boolean {
  const own = scores[j]![i]!;
  for (const layer of [scores[j - 1], scores[j], scores[j + 1]]) {
    if (!layer) continue;
    for (const row of [-width, 0, width]) {
      for (let k = i + row - 1; k <= i + row + 1; k++) if (layer[k]! > own) return false;
    }
  }
  return true;
}
