import { describe, expect, it } from 'vitest';
import { partialOmeTiff } from '#core/io/tiff/partialOmeTiff';
import { fullCalibration, rampStack } from '#tests/helpers/rampStack';

describe('partialOmeTiff', () => {
  it('keeps clear of the samples while the description grows, with heights one by one', () => {
    const shape = { t: 1, c: 1, z: 24, y: 7, x: 5 };
    const zPositionsUm = Array.from({ length: shape.z }, (_, z) => z ** 1.5);
    const calibration = { ...fullCalibration(['DAPI']), zPositionsUm };
    const layout = partialOmeTiff(rampStack(shape, 'float32', { calibration }), null, 64);
    for (let finished = 1; finished <= shape.z; finished++) {
      for (const { at, bytes } of layout.links(finished)) {
        for (let plane = 0; plane < shape.z; plane++) {
          const from = layout.pixelsAt(plane);
          const isClear = at + bytes.length <= from || at >= layout.sealAt(plane) + 64;
          expect(isClear, `plane ${plane} of ${finished}`).toBe(true);
        }
      }
    }
  });
});
