import { describe, expect, it } from 'vitest';
import { channelCovariance, luminanceWeights, projectChannels } from '#core/focus/channelWeights';
import { noisePlane, planeOf } from '#tests/helpers/planes';

describe('channelCovariance', () => {
  it('finds the direction along which the channels vary together', () => {
    const shared = noisePlane(20, 10, 1, 100);
    const scaled = (factor: number) => planeOf(20, 10, (x, y) => factor * shared.data[y * 20 + x]);
    const covariance = channelCovariance(3);
    covariance.add([scaled(2), scaled(1), scaled(2)]);
    covariance.add([scaled(4), scaled(2), scaled(4)]);
    const weights = covariance.principalWeights();
    [2 / 3, 1 / 3, 2 / 3].forEach((weight, c) => expect(weights[c]).toBeCloseTo(weight, 6));
  });

  it('ignores a large constant channel', () => {
    const covariance = channelCovariance(2);
    covariance.add([planeOf(16, 16, () => 60_000), noisePlane(16, 16, 2, 5)]);
    const weights = covariance.principalWeights();
    expect(weights[0]).toBeCloseTo(0, 9);
    expect(weights[1]).toBeCloseTo(1, 9);
  });

  it('weighs channels equally when nothing varies', () => {
    const covariance = channelCovariance(2);
    covariance.add([planeOf(3, 3, () => 1), planeOf(3, 3, () => 1)]);
    covariance.principalWeights().forEach((weight) => expect(weight).toBeCloseTo(Math.SQRT1_2, 12));
  });
});

describe('luminanceWeights', () => {
  it('sums to 1 for any number of channels', () => {
    for (const count of [1, 2, 3, 4]) {
      const sum = luminanceWeights(count).reduce((total, weight) => total + weight, 0);
      expect(sum).toBeCloseTo(1, 12);
    }
  });
});

describe('projectChannels', () => {
  it('adds weighted channels', () => {
    const channels = [planeOf(2, 1, (x) => x), planeOf(2, 1, () => 10)];
    expect([...projectChannels(channels, [2, 0.5]).data]).toEqual([5, 7]);
  });
});
