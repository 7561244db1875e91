import { describe, expect, it } from 'vitest';
import { ENTRIES_PER_PX, pointSpreadTable } from '#core/optics/points/pointSpreadTable';
import { transferTable } from '#core/optics/transferTable';

const system = {
  ...{ numericalAperture: 0.75, emissionUm: 0.525, immersionIndex: 1, specimenIndex: 1 },
};
const PIXEL_UM = 0.325;

/** The table of a point, `finer` times as fine along z and, by smaller pixels, across. */
function table(finer: number) {
  const stepUm = 0.25 / finer;
  const reach = 8 * finer;
  const transfer = transferTable({ system, depthUm: 0 }, { from: -reach, to: reach, stepUm }, 30);
  return pointSpreadTable(transfer, {
    ...{ rows: 2 * reach + 1, stepUm, radiusPx: 12, diameterUm: 0.01 },
    pixelSizeUm: [PIXEL_UM, PIXEL_UM],
  });
}

describe('pointSpreadTable', () => {
  it('has straight lines between its heights that are right on average, also where the peak bends', () => {
    const [coarse, fine] = [table(1), table(8)];
    const entry = ({ values, columns }: typeof coarse, row: number): number =>
      values[row * columns]!;
    let [lines, truth] = [0, 0];
    // From one micrometre below focus to one above.
    for (let eighth = -32; eighth < 32; eighth++) {
      const at = 8 + (eighth + 0.5) / 8;
      const low = Math.floor(at);
      lines += entry(coarse, low) + (at - low) * (entry(coarse, low + 1) - entry(coarse, low));
      truth += (entry(fine, 64 + eighth) + entry(fine, 64 + eighth + 1)) / 2;
    }
    expect(Math.abs(lines / truth - 1)).toBeLessThan(0.001);
  });

  it('gives all light of a ball to its pixels', () => {
    const { values, columns } = table(1);
    const focus = values.subarray(8 * columns, 9 * columns);
    const light = focus.reduce(
      (sum, value, r) => sum + (2 * Math.PI * r * value) / ENTRIES_PER_PX ** 2,
      0,
    );
    expect(light).toBeGreaterThan(0.93);
    expect(light).toBeLessThan(1.02);
  });
});
