import type { Exposure } from './expose';
import { exposeStackPlane } from './exposeStackPlane';
import { hazeSpectrum } from './hazeSpectrum';
import { imageSpectra } from './imageSpectra';
import { imagingPlan } from './ImagingPlan';
import type { LightLevels } from './lightLevels';
import { pupilTransfer } from './pupilTransfer';
import { renderedPlanes } from './renderedPlanes';
import type { SimulationOptions } from './SimulationOptions';
import { specimenOf } from './specimenOf';
import { specimenSpectra } from './specimenSpectra';
import { specimenTruth } from './specimenTruth';
import { stackTransfer } from './stackTransfer';
import { stageShifts } from './stageShifts';
import type { TransferTable } from './transferTable';

/** A part of what has to be computed for a stack: `count` planes, or distances, from one on. */
export interface PartRequest {
  readonly options: SimulationOptions;
  readonly from: number;
  readonly count: number;
  /** Of the bands of frequencies: 0 first, their number last. */
  readonly borders: readonly number[];
}

/**
 * Paints and transforms a slab of consecutive planes.
 *
 * @returns for each band the planes of the slab, one after the other
 */
function simulatedSlab({
  options,
  from,
  count,
  borders,
}: PartRequest): Float32Array<ArrayBuffer>[] {
  const plan = imagingPlan(options);
  const specimen = specimenOf(options.seed, options.specimen, plan.boxUm, options.moment);
  return inBands(specimenSpectra(plan, specimen, from, count), borders);
}

/** For each band its part of all spectra, one after the other. */
function inBands(
  spectra: readonly Float32Array[],
  borders: readonly number[],
): Float32Array<ArrayBuffer>[] {
  return borders.slice(1).map((end, band) => {
    const length = 2 * (end - borders[band]!);
    const joined = new Float32Array(spectra.length * length);
    spectra.forEach((spectrum, z) => {
      joined.set(spectrum.subarray(2 * borders[band]!, 2 * end), z * length);
    });
    return joined;
  });
}

function simulatedTransfer({ options }: { readonly options: SimulationOptions }): TransferTable {
  return stackTransfer(imagingPlan(options), options);
}

/**
 * Transfer functions with aberrations, of consecutive distances between planes.
 *
 * @returns for each band the distances, one after the other
 */
function simulatedPupil({
  options,
  from,
  count,
  borders,
}: PartRequest): Float32Array<ArrayBuffer>[] {
  return inBands(pupilTransfer(imagingPlan(options), options, { from, count }), borders);
}

/**
 * Images one band.
 *
 * @param transfer radial, or the band's part of what `simulatedPupil` gave
 * @returns for each group of images its band, one image after the other, the haze last
 */
function simulatedBand({
  options,
  transfer,
  from,
  to,
  slabs,
  groupPlanes,
}: {
  readonly options: SimulationOptions;
  readonly transfer: TransferTable | { readonly slabs: readonly Float32Array[] };
  readonly from: number;
  readonly to: number;
  readonly slabs: readonly Float32Array[];
  readonly groupPlanes: number;
}): Float32Array<ArrayBuffer>[] {
  const plan = imagingPlan(options);
  const length = 2 * (to - from);
  const spectra = slabs.flatMap((slab) => split(slab, length));
  const transfers =
    'slabs' in transfer
      ? { planes: transfer.slabs.flatMap((slab) => split(slab, length)) }
      : transfer;
  const images = imageSpectra(plan, transfers, { from, to, spectra });
  const { haze = 0, hazeRadiusUm = 3 } = options.light;
  const groups: Float32Array<ArrayBuffer>[] = [];
  for (let z = 0; z < images.length; z += groupPlanes) {
    const group = images.slice(z, z + groupPlanes);
    const joined = new Float32Array(group.length * length);
    group.forEach((image, i) => joined.set(image, i * length));
    groups.push(joined);
  }
  if (haze > 0) groups.push(hazeSpectrum(plan, images, from, hazeRadiusUm));
  return groups;
}

/**
 * Turns a group of images back into planes.
 *
 * @param bands all bands of the group
 * @param from number of the first image, or `null` for the haze, which does not move with the stage
 */
function simulatedImages({
  options,
  bands,
  from,
  count,
}: {
  readonly options: SimulationOptions;
  readonly bands: readonly Float32Array[];
  readonly from: number | null;
  readonly count: number;
}): Float32Array<ArrayBuffer>[] {
  const plan = imagingPlan(options);
  const shifts = stageShifts(options);
  const images = Array.from({ length: count }, (_, i) => {
    const values = new Float32Array(2 * plan.layout.length);
    let at = 0;
    for (const band of bands) {
      const length = band.length / count;
      values.set(band.subarray(i * length, (i + 1) * length), at);
      at += length;
    }
    return from === null ? { values } : { values, shift: shifts[from + i]! };
  });
  return renderedPlanes(plan, images);
}

function simulatedExposures({
  options,
  levels,
  images,
  haze,
  from,
}: {
  readonly options: SimulationOptions;
  readonly levels: LightLevels;
  readonly images: readonly Float32Array[];
  readonly haze: Float32Array | null;
  readonly from: number;
}): Exposure[] {
  return images.map((image, i) => exposeStackPlane(options, levels, image, haze, from + i));
}

function simulatedTruth({
  options,
  from,
  count,
}: {
  readonly options: SimulationOptions;
  readonly from: number;
  readonly count: number;
}): Float32Array<ArrayBuffer>[] {
  const plan = imagingPlan(options);
  return specimenTruth(
    plan,
    specimenOf(options.seed, options.specimen, plan.boxUm, options.moment),
    from,
    count,
  );
}

function split(joined: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: joined.length / length }, (_, i) =>
    joined.subarray(i * length, (i + 1) * length),
  );
}

/** The heavy parts of a simulation: pure functions of one structured-cloneable input, for other threads. */
export const simulationWork = {
  simulatedSlab,
  simulatedTransfer,
  simulatedPupil,
  simulatedBand,
  simulatedImages,
  simulatedExposures,
  simulatedTruth,
};
