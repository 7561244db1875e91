import type { Plane } from '#core/image/Plane';
import { bandNoiseGains, BAND_SIGMAS_PX, focusBands } from './focusBands';
import {
  fitNoise,
  noiseVariance,
  sampleNoise,
  type NoiseModel,
  type NoiseSample,
} from './noiseModel';

/** Rows of a large plane are surveyed in this many strips of this height, spread over all of it. */
const STRIPS = 4;
const STRIP_ROWS = 32;
/** Detail of a clean stack stands on a floor of this share of its mean, so that no band rules alone. */
const CLEAN_SHARE = 1e-3;
/** Detail in focus exceeds its mean over all planes about so often. */
const FOCUS_GAIN = 4;
/** Least share of detail that a band is believed to have, so that none is left out. */
const LEAST_DETAIL = 0.03;

/** What a stack is like, before sharpness is measured. */
export interface DetailSurvey {
  readonly noise: NoiseModel;
  /** Weight of each focus band. */
  readonly weights: readonly number[];
  /** Weighted sharpness that noise alone shows. */
  readonly noiseLevel: number;
}

/** What one plane is like. */
export interface PlaneSurvey {
  readonly noise: NoiseSample;
  /** Mean squared gradient of each focus band. */
  readonly energies: readonly number[];
}

/** Measures noise and detail of a plane. */
export function surveyPlane(plane: Plane): PlaneSurvey {
  const strips = stripsOf(plane);
  const bands = focusBands(strips[0]);
  const energies = BAND_SIGMAS_PX.map(() => 0);
  for (const { data } of strips) {
    bands.meanEnergies(data).forEach((energy, band) => (energies[band] += energy / strips.length));
  }
  return { noise: sampleNoise(plane), energies };
}

function stripsOf(plane: Plane): Plane[] {
  const { width, height, data } = plane;
  if (height <= STRIPS * STRIP_ROWS) return [plane];
  return Array.from({ length: STRIPS }, (_, k) => {
    const top = Math.round((k * (height - STRIP_ROWS)) / (STRIPS - 1));
    const strip = data.subarray(top * width, (top + STRIP_ROWS) * width);
    return { width, height: STRIP_ROWS, data: strip };
  });
}

/**
 * Joins the surveys of planes to one of the stack. A band's weight is what places a peak along z best:
 * signal over variance, times how fast the band blurs and how many independent values it has.
 */
export function detailSurvey(planes: readonly PlaneSurvey[]): DetailSurvey {
  const mean = (valueOf: (plane: PlaneSurvey) => number): number =>
    planes.reduce((sum, plane) => sum + valueOf(plane), 0) / planes.length;
  const noise = fitNoise(planes.map((plane) => plane.noise));
  const variance = noiseVariance(
    noise,
    mean((plane) => plane.noise.meanValue),
  );
  const gains = bandNoiseGains();
  const levels = gains.map((gain) => variance * gain);
  const weights = levels.map((level, band) =>
    bandWeight(
      band,
      mean(({ energies }) => energies[band]),
      level,
    ),
  );
  const noiseLevel = levels.reduce((sum, level, band) => sum + weights[band] * level, 0);
  return { noise, weights, noiseLevel };
}

function bandWeight(band: number, mean: number, noise: number): number {
  const floor = Math.max(noise, CLEAN_SHARE * mean);
  if (floor === 0) return 0;
  const signal = FOCUS_GAIN * Math.max(mean - floor, 0);
  const fineness = Math.max(BAND_SIGMAS_PX[band], 0.5) ** -3;
  return (fineness * Math.max(signal, LEAST_DETAIL * floor)) / (floor * (floor + 2 * signal));
}
