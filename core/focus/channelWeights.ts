import type { Plane } from '#core/image/Plane';

/** Rec. 601 weights for red, green and blue; equal weights for another number of channels. */
export function luminanceWeights(channelCount: number): number[] {
  if (channelCount === 3) return [0.299, 0.587, 0.114];
  return Array.from({ length: channelCount }, () => 1 / channelCount);
}

/** Gathers the covariance of channels plane by plane. */
export interface ChannelCovariance {
  /** Takes the planes of all channels at one depth. */
  add(channels: readonly Plane[]): void;
  /** First principal component: weights of length 1, their sum not negative. */
  principalWeights(): number[];
}

const ITERATIONS = 200;

/** Starts a covariance of `channelCount` channels. */
export function channelCovariance(channelCount: number): ChannelCovariance {
  const sums = new Float64Array(channelCount);
  const products = new Float64Array(channelCount * channelCount);
  let origin: number[] | null = null;
  let count = 0;
  return {
    add: (channels) => {
      // Values relative to the first ones keep the difference of large sums exact enough.
      origin ??= channels.map(({ data }) => data[0]);
      const length = channels[0].data.length;
      count += length;
      for (let a = 0; a < channelCount; a++) {
        const first = channels[a].data;
        for (let i = 0; i < length; i++) sums[a] += first[i] - origin[a];
        for (let b = 0; b <= a; b++) {
          const second = channels[b].data;
          let sum = 0;
          for (let i = 0; i < length; i++) sum += (first[i] - origin[a]) * (second[i] - origin[b]);
          products[a * channelCount + b] += sum;
        }
      }
    },
    principalWeights: () => {
      const covariance = products.map((_, at) => {
        const a = Math.floor(at / channelCount);
        const b = at % channelCount;
        const product = products[Math.max(a, b) * channelCount + Math.min(a, b)];
        return product - (sums[a] * sums[b]) / Math.max(count, 1);
      });
      return largestEigenvector(covariance, channelCount);
    },
  };
}

/** Power iteration; equal weights when nothing varies. */
function largestEigenvector(matrix: Float64Array, size: number): number[] {
  let vector = Array.from({ length: size }, (_, k) => 1 + k / (8 * size));
  for (let n = 0; n < ITERATIONS; n++) {
    const next = vector.map((_, a) =>
      vector.reduce((sum, value, b) => sum + matrix[a * size + b] * value, 0),
    );
    const norm = Math.hypot(...next);
    if (norm === 0) return Array.from({ length: size }, () => 1 / Math.sqrt(size));
    vector = next.map((value) => value / norm);
  }
  const sign = vector.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  return vector.map((value) => sign * value);
}

/** Weighted sum of planes of one size. */
export function projectChannels(channels: readonly Plane[], weights: readonly number[]): Plane {
  const { width, height } = channels[0];
  const data = new Float32Array(width * height);
  channels.forEach((channel, c) => {
    const weight = weights[c];
    for (let i = 0; i < data.length; i++) data[i] += weight * channel.data[i];
  });
  return { width, height, data };
}
