import { goodFourierLength } from '#core/util/fourier/FourierLines';
import { axialCutoff, lateralCutoff } from './opticalCutoffs';
import type { OpticalSystem } from './OpticalSystem';
import type { PsfModel } from './psfTable';
import type { BoxSizeUm } from './Specimen';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { spectrumLayout } from '#core/util/fourier/SpectrumLayout';
import type { FieldCrop } from '#core/util/fourier/SpectrumToPlane';
import type { VoxelGrid } from './VoxelGrid';

/**
 * Part of the band of the voxels that the optics may use; beyond it, voxels no longer hold positions exactly.
 * Laterally, the optics hardly pass the upper part of their own band.
 */
const USED_BAND = { lateral: 0.8, axial: 0.6 } as const;

/** Size of a stack, and how finely its specimen is sampled. */
export interface ImagingOptions {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly pixelSizeUm: number;
  readonly zStepUm: number;
  readonly system: OpticalSystem;
  /** @default scalar waves, wide field */
  readonly psf?: PsfModel;
  /**
   * Voxels of the specimen: those of the camera, or as small as the optics can tell apart.
   * @default 'optics'
   */
  readonly sampling?: 'camera' | 'optics';
  /** Specimen around the field that still sends light into it, in micrometres. @default 6 */
  readonly marginUm?: number;
  /** Specimen above and below the stack, in micrometres. @default 3 */
  readonly zMarginUm?: number;
}

/** The grids of a simulation. */
export interface ImagingPlan {
  /** Box that the specimen is placed in. Its sides are powers of two in pixels, so that small changes of
   * size or margin leave a seed's specimen as it is. */
  readonly boxUm: BoxSizeUm;
  /** Periodic field that is imaged, sides (x, y). */
  readonly fieldUm: readonly [number, number];
  /** Voxels that the optics see: the field, and all planes that send light. */
  readonly specimenGrid: VoxelGrid;
  /** Voxels of the stack itself: a camera's pixels and planes. */
  readonly cameraGrid: VoxelGrid;
  readonly crop: FieldCrop;
  readonly layout: SpectrumLayout;
  /** Plane of the specimen that image 0 focuses on, and how many planes on the next one does. */
  readonly firstPlane: number;
  readonly planeStride: number;
  readonly imageCount: number;
  /** Largest lateral frequency that the optics pass, in periods per micrometre. */
  readonly cutoff: number;
}

/**
 * Lays out the grids of a simulation: the stack, the margin around it, and voxels that suit the optics.
 *
 * @throws RangeError when a size makes no sense
 */
export function imagingPlan(options: ImagingOptions): ImagingPlan {
  const { width, height, planes, pixelSizeUm, zStepUm, system } = options;
  const { psf = {}, sampling = 'optics', marginUm = 6, zMarginUm = 3 } = options;
  if (![width, height, planes].every((count) => Number.isInteger(count) && count >= 1)) {
    throw new RangeError('A stack needs at least one plane, one row and one column.');
  }
  if (!(pixelSizeUm > 0) || !(zStepUm > 0)) {
    throw new RangeError('Pixel size and z step must be positive.');
  }
  const margin = Math.ceil(marginUm / pixelSizeUm);
  const zMargin = Math.ceil(zMarginUm / zStepUm);
  const passing = { system, confocal: psf.confocal };
  const cutoff = lateralCutoff(passing);
  const fine = sampling === 'optics';
  const planeStride = fine
    ? Math.max(1, Math.ceil((2 * axialCutoff(passing) * zStepUm) / USED_BAND.axial))
    : 1;
  const x = axis(width, margin, pixelSizeUm, fine ? cutoff : 0);
  const y = axis(height, margin, pixelSizeUm, fine ? cutoff : 0);
  const specimenPlanes = (planes + 2 * zMargin - 1) * planeStride + 1;
  const fieldUm = [x.field * pixelSizeUm, y.field * pixelSizeUm] as const;
  const specimenGrid = {
    width: x.voxels,
    height: y.voxels,
    planes: specimenPlanes,
    voxelUm: [fieldUm[0] / x.voxels, fieldUm[1] / y.voxels, zStepUm / planeStride],
    originUm: [x.fieldStart * pixelSizeUm, y.fieldStart * pixelSizeUm, 0],
  } as const;
  return {
    boxUm: [x.box * pixelSizeUm, y.box * pixelSizeUm, (planes + 2 * zMargin) * zStepUm],
    fieldUm,
    specimenGrid,
    cameraGrid: {
      width,
      height,
      planes,
      voxelUm: [pixelSizeUm, pixelSizeUm, zStepUm],
      originUm: [x.start * pixelSizeUm, y.start * pixelSizeUm, zMargin * zStepUm],
    },
    crop: {
      fieldWidth: x.field,
      fieldHeight: y.field,
      left: x.start - x.fieldStart,
      top: y.start - y.fieldStart,
      width,
      height,
    },
    layout: spectrumLayout(specimenGrid, fieldUm, fine ? cutoff : Infinity),
    firstPlane: zMargin * planeStride,
    planeStride,
    imageCount: planes,
    cutoff,
  };
}

/** One lateral axis: pixels of box and field, voxels of the field, and where field and stack begin. */
function axis(
  side: number,
  margin: number,
  pixelSizeUm: number,
  cutoff: number,
): { box: number; field: number; voxels: number; fieldStart: number; start: number } {
  const box = 2 ** Math.max(1, Math.ceil(Math.log2(side + 2 * margin)));
  const field = Math.min(box, goodFourierLength(side + 2 * margin));
  const needed = Math.ceil((field * pixelSizeUm * 2 * cutoff) / USED_BAND.lateral);
  return {
    box,
    field,
    voxels: Math.max(field, goodFourierLength(needed)),
    fieldStart: Math.floor((box - field) / 2),
    start: Math.floor((box - side) / 2),
  };
}
