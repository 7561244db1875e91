import type { QuadratureRule } from './gaussLegendre';
import type { OpticalSystem } from './OpticalSystem';
import { gibsonLanni } from './gibsonLanni';
import { lateralCutoff } from './opticalCutoffs';
import { throughPinhole } from './throughPinhole';
import { richardsWolf } from './richardsWolf';

/** How light is described, and what the microscope does with it. */
export interface PsfModel {
  /** Scalar waves, or vectorial ones of an emitter of no preferred direction. @default 'gibson-lanni' */
  readonly model?: 'gibson-lanni' | 'richards-wolf';
  /** Set on a confocal microscope. */
  readonly confocal?: ConfocalOptions | undefined;
}

/** A scanning microscope with a pinhole. */
export interface ConfocalOptions {
  /** Diameter of the pinhole, in diameters of the Airy disc (1.22 wavelength / NA). */
  readonly pinholeAiry: number;
  /** Excitation wavelength in vacuum, in micrometres. */
  readonly excitationUm: number;
}

/** A point-spread function and where its emitter lies. */
export interface PsfOptions extends PsfModel {
  readonly system: OpticalSystem;
  /** Depth of the emitter below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
}

/** First dark ring of the Airy pattern, as a factor on wavelength / NA. */
const AIRY_RADIUS = 0.61;

/**
 * Intensities about the optical axis. Confocal: excitation times the emission that falls into the pinhole.
 *
 * @param radii distances from the axis, as the nodes of a quadrature rule
 * @param stageUm stage positions, as for `gibsonLanni`
 * @returns row-major (z, r), not normalised
 */
export function psfTable(
  options: PsfOptions,
  radii: QuadratureRule,
  stageUm: Float64Array,
): Float64Array<ArrayBuffer> {
  const { system, depthUm = 0, model = 'gibson-lanni', confocal } = options;
  const waves = model === 'richards-wolf' ? richardsWolf : gibsonLanni;
  const emission = waves(system, radii.nodes, stageUm, { depthUm });
  if (!confocal) return emission;
  const { pinholeAiry, excitationUm } = confocal;
  const illumination = { ...system, emissionUm: excitationUm };
  const excitation = waves(illumination, radii.nodes, stageUm, { depthUm });
  const pinholeUm = (pinholeAiry * AIRY_RADIUS * system.emissionUm) / system.numericalAperture;
  const detected = throughPinhole(emission, radii, pinholeUm, lateralCutoff({ system }));
  return detected.map((value, i) => value * excitation[i]!);
}
