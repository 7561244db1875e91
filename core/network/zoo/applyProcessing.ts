import { quantile, selectSmallest } from '#core/util/quantile';
import type { Bound, ProcessingStep } from './ProcessingStep';

type Samples = Float32Array<ArrayBuffer>;

/**
 * Does the pre- or postprocessing of the BioImage Model Zoo on one image, in the order of the steps.
 * Means and percentiles are those of `image` as it is given, or of `input`, whatever steps came before:
 * so does bioimageio.core.
 *
 * @param input the image before preprocessing, for steps that bring a result back to its grey levels
 * @returns new samples
 */
export function applyProcessing(
  image: Samples,
  steps: readonly ProcessingStep[],
  input: Samples = image,
): Samples {
  const result = image.slice();
  for (const step of steps) {
    const change = changeOf(step, image, input);
    for (let i = 0; i < result.length; i++) result[i] = change(result[i]);
  }
  return result;
}

/** What a step does to one sample. */
function changeOf(step: ProcessingStep, image: Samples, input: Samples): (value: number) => number {
  switch (step.op) {
    case 'scaleLinear':
      return linear(step.gain, step.offset);
    case 'zeroMeanUnitVariance': {
      const { mean, deviation } = momentsOf(image);
      const gain = 1 / (deviation + step.eps);
      return linear(gain, -mean * gain);
    }
    case 'scaleRange': {
      const values = (step.ofInput ? input : image).slice();
      const low = quantile(values, step.low);
      const gain = 1 / (quantile(values, step.high) - low + step.eps);
      return linear(gain, -low * gain);
    }
    case 'scaleMeanVariance': {
      const [own, wanted] = [momentsOf(image), momentsOf(input)];
      const gain = (wanted.deviation + step.eps) / (own.deviation + step.eps);
      return linear(gain, wanted.mean - own.mean * gain);
    }
    case 'clip': {
      const low = limitOf(step.min, image, -Infinity);
      const high = limitOf(step.max, image, Infinity);
      return (value) => Math.min(high, Math.max(low, value));
    }
    case 'binarize':
      return (value) => (value > step.threshold ? 1 : 0);
    case 'sigmoid':
      return (value) => 1 / (1 + Math.exp(-value));
  }
}

function linear(gain: number, offset: number): (value: number) => number {
  return (value) => value * gain + offset;
}

function momentsOf(values: Samples): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** A bound as a value; for a share the smallest sample that so many do not exceed. */
function limitOf(bound: Bound | null, image: Samples, none: number): number {
  if (bound === null) return none;
  if ('value' in bound) return bound.value;
  return selectSmallest(image.slice(), Math.max(0, Math.ceil(bound.fraction * image.length) - 1));
}
