import type { BeadsOptions } from './beads';
import { beads } from './beads';
import type { FilamentsOptions } from './filaments';
import { filaments } from './filaments';
import type { MitochondriaOptions } from './mitochondria';
import { mitochondria } from './mitochondria';
import type { Moment } from './Moment';
import { movedSpecimen } from './movedSpecimen';
import type { NeuronsOptions } from './neurons';
import { neurons } from './neurons';
import type { NucleiOptions } from './nuclei';
import { nuclei } from './nuclei';
import type { BoxSizeUm, Specimen } from './Specimen';

/** A specimen of one kind. */
export type PureSpecimenOptions =
  NucleiOptions | BeadsOptions | NeuronsOptions | FilamentsOptions | MitochondriaOptions;

/** Several kinds in one box. */
export interface MixtureOptions {
  readonly kind: 'mixture';
  /** Each kind, and the factor on its density: a thin filament holds little light. */
  readonly parts: readonly { readonly specimen: PureSpecimenOptions; readonly weight: number }[];
}

/** What lies under the microscope. */
export type SpecimenOptions = PureSpecimenOptions | MixtureOptions;

/** Seeds of the parts of a mixture lie this far apart. */
const PART_SEED_STEP = 2 ** 40;

/**
 * Places a specimen of any kind in a box.
 *
 * @param seed the same seed, options and box give the same specimen
 * @param moment time point of a time-lapse
 */
export function specimenOf(
  seed: number,
  options: SpecimenOptions,
  boxUm: BoxSizeUm,
  moment: Moment = { index: 0 },
): Specimen {
  if (options.kind === 'beads') return beads(seed, options, boxUm, moment);
  const still = stillSpecimen(seed, options, boxUm);
  return moment.index === 0 ? still : movedSpecimen(seed, still, moment);
}

function stillSpecimen(
  seed: number,
  options: Exclude<SpecimenOptions, BeadsOptions>,
  boxUm: BoxSizeUm,
): Specimen {
  switch (options.kind) {
    case 'nuclei':
      return nuclei(seed, options, boxUm);
    case 'neurons':
      return neurons(seed, options, boxUm);
    case 'filaments':
      return filaments(seed, options, boxUm);
    case 'mitochondria':
      return mitochondria(seed, options, boxUm);
    case 'mixture':
      return mixture(seed, options, boxUm);
  }
}

function mixture(seed: number, options: MixtureOptions, boxUm: BoxSizeUm): Specimen {
  const parts = options.parts.map(({ specimen, weight }, i) => ({
    specimen: specimenOf(seed + i * PART_SEED_STEP, specimen, boxUm),
    weight,
  }));
  return {
    paint(planes, grid) {
      const part = planes.map((plane) => new Float32Array(plane.length));
      for (const { specimen, weight } of parts) {
        for (const plane of part) plane.fill(0);
        specimen.paint(part, grid);
        part.forEach((plane, z) => addScaled(planes[z]!, plane, weight));
      }
    },
  };
}

function addScaled(target: Float32Array, plane: Float32Array, weight: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + weight * plane[i]!;
}
