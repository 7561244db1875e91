import { depthOfFocusUm } from '#core/optics/fit/DepthTransfer';
import type { LayeredField } from '#core/optics/fit/LayeredSpecimen';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { coneUm, transferTable, type TransferTable } from '#core/optics/transferTable';
import { PointSpread } from './PointSpread';
import { pointSpreadTable } from './pointSpreadTable';

/** Through what balls of what size are seen. */
export interface BallOptics {
  /** The aperture that stacks look as if they were taken with, as a share of the stated one. */
  readonly apertureShare: number;
  /**
   * How deep the balls lie in a medium unlike the immersion, in depths of focus: a measure of spherical aberration.
   * Negative where rising planes come nearer to the coverslip.
   */
  readonly depth: number;
  readonly diameterUm: number;
}

/** Refractive index of the medium that aberrates: thinner than oil or water, and tissue under a dry objective. */
const MEDIUM_SHARE = 0.94;
const TISSUE_INDEX = 1.36;
const DENSEST_AIR = 1.2;

/** Steps along the axis, in depths of focus. */
const STEP = 0.25;

/** Light further out than this from the axis, or than that from the cone of light, is too thin to count: in depths of focus. */
const MOST_RADIUS = 12;
const RIM = 4;

/** Points may lie this far beyond the planes, in depths of focus. */
export const BEYOND = 6;

/** What balls look like for different optics, each computed once. */
export class PointOptics {
  private readonly field: LayeredField;
  private readonly transfers = new Map<string, TransferTable>();
  private readonly spreads = new Map<string, PointSpread>();
  private readonly rows: number;
  private readonly stepUm: number;
  private readonly radiusUm: number;

  constructor(field: LayeredField) {
    const { system, rangeUm } = field;
    const focusUm = depthOfFocusUm(system);
    const reachUm = rangeUm[1] - rangeUm[0] + (BEYOND + 1) * focusUm;
    this.field = field;
    this.stepUm = STEP * focusUm;
    this.rows = Math.ceil(reachUm / this.stepUm) + 2;
    this.radiusUm = Math.min(MOST_RADIUS * focusUm, coneUm(system, reachUm) + RIM * focusUm);
  }

  spread(optics: BallOptics): PointSpread {
    const key = Object.values(optics).join(' ');
    const known = this.spreads.get(key);
    if (known) return known;
    const { pixelSizeUm } = this.field;
    const table = pointSpreadTable(this.transfer(optics), {
      rows: 2 * this.rows + 1,
      stepUm: this.stepUm,
      radiusPx: Math.max(4, this.radiusUm / pixelSizeUm.x),
      pixelSizeUm: [pixelSizeUm.x, pixelSizeUm.y],
      diameterUm: optics.diameterUm,
    });
    const spread = new PointSpread(table);
    this.spreads.set(key, spread);
    return spread;
  }

  private transfer({ apertureShare, depth }: BallOptics): TransferTable {
    const key = `${apertureShare} ${depth}`;
    const known = this.transfers.get(key);
    if (known) return known;
    const { system } = this.field;
    const specimenIndex = depth === 0 ? system.immersionIndex : mediumIndex(system);
    const numericalAperture = apertureShare * system.numericalAperture;
    const optics = {
      system: { ...system, specimenIndex, numericalAperture },
      depthUm: Math.abs(depth) * depthOfFocusUm(system),
    };
    const defocus = { from: -this.rows, to: this.rows, stepUm: this.stepUm };
    const table = transferTable(optics, defocus, 2 * this.radiusUm);
    // Rows go from a plane below a point on.
    const turned = depth < 0 ? table : { ...table, values: rowsReversed(table) };
    this.transfers.set(key, turned);
    return turned;
  }
}

function mediumIndex({ immersionIndex }: OpticalSystem): number {
  return immersionIndex < DENSEST_AIR ? TISSUE_INDEX : MEDIUM_SHARE * immersionIndex;
}

function rowsReversed({ values, frequencyCount }: TransferTable): Float32Array<ArrayBuffer> {
  const rows = values.length / frequencyCount;
  const reversed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const from = (rows - 1 - row) * frequencyCount;
    reversed.set(values.subarray(from, from + frequencyCount), row * frequencyCount);
  }
  return reversed;
}
