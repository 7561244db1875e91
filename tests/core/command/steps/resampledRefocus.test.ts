import { describe, expect, it } from 'vitest';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { resampledRefocus } from '#core/command/steps/resampledRefocus';
import { unknownCalibration } from '#core/image/Calibration';
import { interpolatingModels } from '#tests/helpers/interpolatingModels';

describe('resampledRefocus', () => {
  it('resamples each input once, whatever the number of targets', async () => {
    const model = await interpolatingModels().load('interpolation');
    const seen = new Set<Float32Array>();
    const watched: typeof model = {
      ...model,
      refocus: (inputs, ...rest) => {
        for (const { image } of inputs) seen.add(image);
        return model.refocus(inputs, ...rest);
      },
    };
    const calibration = {
      ...unknownCalibration(1),
      pixelSizeUm: { x: 0.05, y: 0.05, z: 0.2 },
    };
    const refocus = resampledRefocus(watched, { calibration }, inlineTaskRunner());
    const inputs = [0, 2].map((zUm) => ({ image: new Float32Array(12 * 8).fill(zUm), zUm }));
    for (const targetUm of [0.5, 1, 1.5]) {
      const plane = await refocus(inputs, targetUm, { width: 12, height: 8 });
      for (const value of plane) expect(value).toBeCloseTo(targetUm, 5);
    }
    expect(seen.size).toBe(2);
  });
});
