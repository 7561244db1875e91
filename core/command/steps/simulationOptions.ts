import type { z } from 'zod';
import { AxialError } from '#core/util/errors';
import type { Aberrations } from '#core/optics/wavefrontError';
import { imagingPlan } from '#core/optics/ImagingPlan';
import { OBJECTIVES, type ObjectivePreset } from '#core/optics/objectives';
import type { SimulationOptions } from '#core/optics/SimulationOptions';
import { usualSpecimen } from '#core/optics/usualSpecimen';
import type { simulationParams } from '#core/command/declarations/simulationParams';

type Params = z.infer<typeof simulationParams>;

/** Nuclei are soft; on pixels up to this size the camera's own voxels hold all that shows of them. */
const CAMERA_VOXELS_UM = 0.15;

/** Voxels of one plane that a simulation may take; above it, memory for the stack runs out. */
const MAX_PLANE_VOXELS = 2 ** 25;

/** Dyes take in light of about this share of the wavelength that they give. */
const EXCITATION_SHARE = 0.93;

/** The emission of the usual stain of a specimen. */
const STAINS = { nuclei: ['DAPI', 0.461], other: ['GFP', 0.525] } as const;

/**
 * What the parameters of the command ask for.
 *
 * @throws AxialError `UsageError` when the optics make no sense or the field is too large for them
 */
export function simulationOptions(params: Params): SimulationOptions {
  const objective = objectiveOf(params);
  const { pixelSizeUm = objective.pixelSizeUm, zStepUm = objective.zStepUm } = filled(params);
  const { emissionUm = stainOf(params)[1] } = filled(params);
  const { specimenIndex = objective.immersionIndex > 1.2 ? 1.46 : 1.36 } = filled(params);
  const { numericalAperture, immersionIndex, workingDistanceUm } = objective;
  if (numericalAperture >= immersionIndex) {
    throw new AxialError(
      'UsageError',
      `An aperture of ${numericalAperture} is not possible in an immersion of index ${immersionIndex}.`,
      'Lower "numericalAperture" or raise "immersionIndex".',
    );
  }
  const options: SimulationOptions = {
    seed: params.seed,
    width: params.width,
    height: params.height,
    planes: params.planes,
    pixelSizeUm,
    zStepUm,
    sampling: params.specimen === 'nuclei' && pixelSizeUm <= CAMERA_VOXELS_UM ? 'camera' : 'optics',
    system: { numericalAperture, immersionIndex, workingDistanceUm, emissionUm, specimenIndex },
    psf: {
      model: params.waves,
      ...(params.pinholeAiry !== null && {
        confocal: {
          pinholeAiry: params.pinholeAiry,
          excitationUm: EXCITATION_SHARE * emissionUm,
        },
      }),
    },
    depthUm: params.depthUm,
    aberrations: aberrationsOf(params),
    specimen: usualSpecimen(params.specimen, params),
    light: {
      photons: params.photons,
      background: params.background,
      haze: params.haze,
      bleaching: params.bleaching,
      vignetting: params.vignetting,
    },
    stage: { driftUm: [params.driftUm, 0], jitterUm: params.jitterUm },
    camera: {
      offset: params.offset,
      gain: params.gain,
      readNoiseElectrons: params.readNoise,
      bitDepth: params.bitDepth,
    },
    marginUm: immersionIndex > 1.2 ? 6 : 16,
    zMarginUm: immersionIndex > 1.2 ? 3 : 8,
  };
  requireModestSize(options);
  return options;
}

/** The same at a time point: the specimen has moved, and stage and camera go on. */
export function optionsAt(
  options: SimulationOptions,
  { motionUm, walkUm, blinking, specimen }: Params,
  index: number,
): SimulationOptions {
  const moment = {
    index,
    motionUm: [motionUm, 0] as const,
    walkUm,
    blinking: specimen === 'beads' ? blinking : 0,
  };
  return { ...options, moment };
}

/** Errors of the wavefront; without any, light takes the shorter way of radial optics. */
function aberrationsOf(params: Params): Aberrations | undefined {
  const { astigmatism, astigmatismAngle, coma, comaAngle, spherical, secondarySpherical } = params;
  if ([astigmatism, coma, spherical, secondarySpherical].every((waves) => waves === 0)) {
    return undefined;
  }
  if (params.waves !== 'gibson-lanni' || params.pinholeAiry !== null) {
    throw new AxialError(
      'UsageError',
      'Aberrations are simulated with scalar waves in wide field only.',
      'Set "waves" to gibson-lanni and leave "pinholeAiry" empty, or set the aberrations to 0.',
    );
  }
  return {
    astigmatism,
    astigmatismAngleDeg: astigmatismAngle,
    coma,
    comaAngleDeg: comaAngle,
    spherical,
    secondarySpherical,
  };
}

/** Name of the stain, and its emission in micrometres. */
export function stainOf({ specimen }: Pick<Params, 'specimen'>): readonly [string, number] {
  return specimen === 'nuclei' ? STAINS.nuclei : STAINS.other;
}

/** Magnification of the objective, when it is a known one. */
export function magnificationOf({ objective }: Pick<Params, 'objective'>): number | null {
  return objective === 'custom' ? null : OBJECTIVES[objective].magnification;
}

function objectiveOf(params: Params): Omit<ObjectivePreset, 'title' | 'magnification'> {
  if (params.objective !== 'custom') return OBJECTIVES[params.objective];
  const { numericalAperture, immersionIndex } = params;
  const like = immersionIndex > 1.2 ? OBJECTIVES.oil63 : OBJECTIVES.dry20;
  return { ...like, numericalAperture, immersionIndex };
}

/** The parameters that were given a value. */
function filled(params: Params): {
  readonly [K in keyof Params]?: NonNullable<Params[K]> | undefined;
} {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
}

function requireModestSize(options: SimulationOptions): void {
  const { width, height } = imagingPlan(options).specimenGrid;
  if (width * height <= MAX_PLANE_VOXELS) return;
  throw new AxialError(
    'UsageError',
    `A field of this size needs ${width} x ${height} voxels to hold what the objective resolves.`,
    'Choose fewer or smaller pixels, or a lower aperture.',
  );
}
