import { z } from 'zod';
import { OBJECTIVES } from '#core/optics/objectives';
import { SPECIMEN_KINDS } from '#core/optics/usualSpecimen';

const OBJECTIVE_NAMES = Object.keys(OBJECTIVES) as (keyof typeof OBJECTIVES)[];

const size = (title: string, description: string, max: number, fallback: number) =>
  z.int().min(1).max(max).default(fallback).meta({ title, description, unit: 'px' });

const length = (title: string, max: number, description: string) =>
  z.number().positive().max(max).nullable().default(null).meta({ title, description, unit: 'um' });

const share = (title: string, max: number, fallback: number, description: string) =>
  z.number().min(0).max(max).default(fallback).meta({ title, description, advanced: true });

const waves = (title: string, description: string) =>
  z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .meta({
      title,
      description: `${description} Root mean square.`,
      unit: 'waves',
      advanced: true,
      appliesTo: { waves: ['gibson-lanni'] },
    });

const angle = (title: string, description: string) =>
  z
    .number()
    .min(-360)
    .max(360)
    .default(0)
    .meta({
      title,
      description,
      unit: 'degrees',
      advanced: true,
      appliesTo: { waves: ['gibson-lanni'] },
    });

/** What is simulated. */
const specimenParams = {
  specimen: z.enum(SPECIMEN_KINDS).default('nuclei').meta({
    title: 'Specimen',
    description:
      'nuclei; fluorescent beads; neurons in the body of a worm; filaments such as microtubules; mitochondria; or a mixture of the last two with nuclei.',
  }),
  radiusUm: z
    .number()
    .positive()
    .max(20)
    .default(3.2)
    .meta({
      title: 'Nucleus radius',
      description: 'Geometric mean radius of the nuclei.',
      unit: 'um',
      appliesTo: { specimen: ['nuclei', 'mixture'] },
    }),
  diameterUm: z
    .number()
    .min(0.02)
    .max(5)
    .default(0.2)
    .meta({
      title: 'Bead diameter',
      description: 'Geometric mean diameter of the beads.',
      unit: 'um',
      appliesTo: { specimen: ['beads'] },
    }),
  density: z.number().min(0.01).max(10).default(1).meta({
    title: 'Density',
    description: 'How much of it there is, relative to what is usual.',
  }),
  seed: z.int().min(0).default(1).meta({
    title: 'Seed',
    description: 'The same seed gives the same specimen and the same noise.',
  }),
};

/** How large the stack is, and through what it is seen. */
const opticsParams = {
  objective: z
    .enum([...OBJECTIVE_NAMES, 'custom'])
    .default('oil63')
    .meta({
      title: 'Objective',
      description: `${OBJECTIVE_NAMES.map((name) => `${name}: ${OBJECTIVES[name].title}`).join('; ')}; or custom, with its own aperture and immersion.`,
    }),
  numericalAperture: z
    .number()
    .positive()
    .max(1.6)
    .default(1.4)
    .meta({
      title: 'Numerical aperture',
      description: 'Has to be below the refractive index of the immersion.',
      appliesTo: { objective: ['custom'] },
    }),
  immersionIndex: z
    .number()
    .min(1)
    .max(2)
    .default(1.515)
    .meta({
      title: 'Immersion index',
      description: 'Refractive index: 1.515 for oil, 1.333 for water, 1 for air.',
      appliesTo: { objective: ['custom'] },
    }),
  width: size('Width', 'Width of the planes.', 4096, 256),
  height: size('Height', 'Height of the planes.', 4096, 256),
  planes: z
    .int()
    .min(1)
    .max(500)
    .default(41)
    .meta({ title: 'Planes', description: 'Number of planes.' }),
  pixelSizeUm: length(
    'Pixel size',
    2,
    'Distance between pixels in the specimen; empty takes what is usual with the objective.',
  ),
  zStepUm: length(
    'Plane spacing',
    20,
    'Distance between planes; empty takes what is usual with the objective.',
  ),
  emissionUm: z.number().min(0.3).max(1).nullable().default(null).meta({
    title: 'Emission',
    unit: 'um',
    description: 'Emission wavelength; empty takes 0.461 (DAPI) for nuclei, 0.525 (GFP) otherwise.',
  }),
  depthUm: z.number().min(0).max(100).default(1).meta({
    title: 'Depth',
    unit: 'um',
    description: 'Depth below the coverslip, where index mismatch blurs more.',
  }),
  waves: z.enum(['gibson-lanni', 'richards-wolf']).default('gibson-lanni').meta({
    title: 'Light waves',
    advanced: true,
    description:
      'gibson-lanni: scalar waves; richards-wolf: vectorial ones, a little wider and slower to compute.',
  }),
  pinholeAiry: z.number().positive().max(20).nullable().default(null).meta({
    title: 'Pinhole',
    advanced: true,
    unit: 'Airy units',
    description: 'Diameter of the pinhole of a confocal microscope; empty is wide field.',
  }),
  specimenIndex: z.number().min(1).max(2).nullable().default(null).meta({
    title: 'Specimen index',
    advanced: true,
    description:
      'Refractive index around the specimen; empty takes 1.46 under oil, 1.36 under air.',
  }),
};

/** Errors of the wavefront, in wide field. */
const aberrationParams = {
  astigmatism: waves(
    'Astigmatism',
    'Draws points out along its angle in planes behind them and across it in planes before them; a negative one the other way round.',
  ),
  astigmatismAngle: angle(
    'Astigmatism angle',
    'From the x axis of the picture towards its y axis, downwards.',
  ),
  coma: waves('Coma', 'Gives points a tail away from its angle.'),
  comaAngle: angle('Coma angle', 'From the x axis of the picture towards its y axis, downwards.'),
  spherical: waves(
    'Spherical aberration',
    'As a wrong coverslip or a depth in another medium makes it: points look unlike before and behind focus.',
  ),
  secondarySpherical: waves(
    'Secondary spherical aberration',
    'The next higher spherical aberration.',
  ),
};

/** Light, stage and camera. */
const exposureParams = {
  photons: z.number().positive().max(1e6).default(250).meta({
    title: 'Photons',
    description: 'Photoelectrons of the bright parts; fewer is noisier.',
  }),
  background: share('Background', 10, 0.08, 'Even light, as a share of the bright parts.'),
  haze: share('Haze', 10, 0.05, 'Far out-of-focus light, at most this share of the bright parts.'),
  bleaching: share(
    'Bleaching',
    0.99,
    0,
    "Share of the specimen's light that is lost from the first to the last plane.",
  ),
  vignetting: share('Vignetting', 1, 0, 'Share of the light that the corners lack.'),
  driftUm: z.number().min(-50).max(50).default(0).meta({
    title: 'Stage drift',
    unit: 'um',
    advanced: true,
    description: 'How far the picture moves to the right from the first to the last plane.',
  }),
  jitterUm: z.number().min(0).max(10).default(0).meta({
    title: 'Stage jitter',
    unit: 'um',
    advanced: true,
    description: 'Standard deviation of a random step after every plane.',
  }),
  gain: z.number().positive().max(1000).default(8).meta({
    title: 'Camera gain',
    advanced: true,
    unit: 'grey levels',
    description: 'Grey levels for each photoelectron.',
  }),
  offset: z.number().min(0).max(60_000).default(100).meta({
    title: 'Camera offset',
    advanced: true,
    unit: 'grey levels',
    description: 'What darkness gives.',
  }),
  readNoise: z.number().min(0).max(1000).default(1.5).meta({
    title: 'Read noise',
    advanced: true,
    unit: 'electrons',
    description: 'Standard deviation, in photoelectrons.',
  }),
  bitDepth: z.int().min(8).max(16).default(16).meta({
    title: 'Bit depth',
    advanced: true,
    unit: 'bits',
    description: 'Bits of a sample; brighter light saturates.',
  }),
};

/** How long it is watched, and what happens meanwhile. */
const timeParams = {
  timePoints: z.int().min(1).max(200).default(1).meta({
    title: 'Time points',
    description: 'Number of stacks, one after the other; brightness follows the first.',
  }),
  timeStepS: z.number().positive().max(1e6).default(1).meta({
    title: 'Time step',
    unit: 's',
    advanced: true,
    description: 'Time from one stack to the next.',
  }),
  motionUm: z.number().min(-10).max(10).default(0).meta({
    title: 'Motion',
    unit: 'um',
    advanced: true,
    description: 'How far the specimen moves to the right from one time point to the next.',
  }),
  walkUm: z.number().min(0).max(10).default(0).meta({
    title: 'Random walk',
    unit: 'um',
    advanced: true,
    description:
      'Standard deviation, along x, y and z, of a random step between time points: of each bead, or of any other specimen as a whole.',
  }),
  blinking: share(
    'Blinking',
    1,
    0,
    'Share of the beads that are dark at a time point; in the first, all shine.',
  ).meta({ appliesTo: { specimen: ['beads'] } }),
};

/** Everything that a simulation can be told. */
export const simulationParams = z.object({
  ...specimenParams,
  ...opticsParams,
  ...aberrationParams,
  ...exposureParams,
  ...timeParams,
});
