import type { ImagingPlan } from './ImagingPlan';
import type { SimulationOptions } from './SimulationOptions';
import type { DefocusRange, TransferTable } from './transferTable';
import { transferTable } from './transferTable';

/** The transfer functions that the images of a stack need, of all distances between its planes. */
export function stackTransfer(
  plan: ImagingPlan,
  options: Pick<SimulationOptions, 'system' | 'psf' | 'depthUm'>,
): TransferTable {
  return transferTable(
    { ...options.psf, system: options.system, depthUm: options.depthUm ?? 0 },
    defocusRange(plan),
    Math.max(...plan.fieldUm),
  );
}

/** All distances between emitting and imaged planes of a stack. */
export function defocusRange(plan: ImagingPlan): DefocusRange {
  const { firstPlane, planeStride, imageCount, specimenGrid } = plan;
  return {
    from: -firstPlane - (imageCount - 1) * planeStride,
    to: specimenGrid.planes - 1 - firstPlane,
    stepUm: specimenGrid.voxelUm[2],
  };
}
