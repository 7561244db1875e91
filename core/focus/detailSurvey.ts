import type { Plane } from '#core/image/Plane';
import { bandNoiseGains, BAND_SIGMAS_PX, focusBands } from './focusBands';
import {
  fitNoise,
  noiseVariance,
  sampleNoise,
  type NoiseModel,
  type NoiseSample,
} from './noiseModel';

/** All planes up to this one are surveyed, then every fourth. */
const SURVEYED_PLANES = 16;
const SURVEY_STEP = 4;
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

/** Gathers a survey plane by plane. */
export interface DetailSurveyor {
  add(plane: Plane, z: number): void;
  survey(): DetailSurvey;
}

/**
 * Measures noise and detail of a stack of `width` x `height` pixels. A band's weight is what places a peak along z
 * best: signal over variance, times how fast the band blurs and how many independent values it has.
 */
export function detailSurveyor(width: number, height: number): DetailSurveyor {
  const bands = focusBands(width, height);
  const samples: NoiseSample[] = [];
  const energies = BAND_SIGMAS_PX.map(() => 0);
  return {
    add: (plane, z) => {
      if (z >= SURVEYED_PLANES && z % SURVEY_STEP !== 0) return;
      samples.push(sampleNoise(plane));
      bands.meanEnergies(plane.data).forEach((energy, band) => (energies[band] += energy));
    },
    survey: () => {
      const noise = fitNoise(samples);
      const count = Math.max(1, samples.length);
      const meanValue = samples.reduce((sum, sample) => sum + sample.meanValue, 0) / count;
      const variance = noiseVariance(noise, meanValue);
      const means = energies.map((energy) => energy / count);
      return { noise, ...bandWeights(means, variance) };
    },
  };
}

function bandWeights(
  means: readonly number[],
  variance: number,
): Pick<DetailSurvey, 'weights' | 'noiseLevel'> {
  let noiseLevel = 0;
  const gains = bandNoiseGains();
  const weights = means.map((mean, band) => {
    const noise = variance * gains[band];
    const floor = Math.max(noise, CLEAN_SHARE * mean);
    if (floor === 0) return 0;
    const signal = FOCUS_GAIN * Math.max(mean - floor, 0);
    const fineness = Math.max(BAND_SIGMAS_PX[band], 0.5) ** -3;
    const weight =
      (fineness * Math.max(signal, LEAST_DETAIL * floor)) / (floor * (floor + 2 * signal));
    noiseLevel += weight * noise;
    return weight;
  });
  return { weights, noiseLevel };
}
