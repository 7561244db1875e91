import { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { OpticalSystem } from '#core/optics/OpticalSystem';
import { defineCommand } from '#core/command/defineCommand';
import { calibrationAt } from '#core/command/steps/calibrationAt';
import { consistencyPlaces } from '#core/command/steps/consistencyPlaces';
import { reblurredPlanes, type ReblurredPlane } from '#core/command/steps/reblurredPlanes';
import { givenPlanes, resultHeights } from '#core/command/steps/reconstructionFacts';
import { rootMeanSquare } from '#core/command/steps/rootMeanSquare';
import { statedObjective } from '#core/command/steps/statedObjective';
import { requirePlanes } from '#core/command/steps/zTargets';
import { AxialError } from '#core/util/errors';

const params = z.object({
  given: z.array(z.int().min(0)).min(1).nullable().default(null).meta({
    title: 'Given planes',
    kind: 'planes',
    description:
      'Planes of the measured stack that the volume was made from; by default read from its history.',
  }),
  channel: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Channel', kind: 'channel', description: 'Channel to check.' }),
  time: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Time point', needsAxis: 't', description: 'Time point to check.' }),
  numericalAperture: z.number().positive().max(1.6).nullable().default(null).meta({
    title: 'Numerical aperture',
    description: 'Of the objective; by default as the file states it, else 1.4.',
  }),
  immersionIndex: z.number().min(1).max(1.8).nullable().default(null).meta({
    title: 'Refractive index',
    description:
      'Of the immersion (oil 1.515, water 1.333, air 1); by default as the file states it, else by the aperture.',
  }),
  emissionUm: z.number().min(0.3).max(1).nullable().default(null).meta({
    title: 'Emission',
    unit: 'um',
    description: 'Emission wavelength; by default as the file states it, else 0.52.',
  }),
});

export const compareConsistency = defineCommand({
  id: 'compare.consistency',
  title: 'Consistency with Measured Planes…',
  summary:
    'Says without any truth how well a volume agrees with the measured planes and with the optics.',
  menu: ['Analyze'],
  verb: 'consistency',
  inputs: [
    { name: 'volume', title: 'Volume' },
    { name: 'measured', title: 'Measured stack' },
  ],
  outputs: [
    {
      ...{ name: 'map', title: 'Map: where the volume disagrees, in grey levels' },
      ...{ kind: 'stack', flag: 'o', optional: true },
    },
  ],
  params,
  async run(context, { volume, measured }, options) {
    const { channel: c, time: t } = options;
    requireComparable(volume, measured, options);
    const measuredZUm = heights(measured, zPositionsUm(measured.calibration, measured.shape.z));
    const volumeZUm = heights(volume, resultHeights(volume, measuredZUm));
    const given = options.given ?? givenPlanes(volume.history);
    if (given.length === 0) throw nothingGiven();
    requirePlanes(given, measured.shape.z);
    const places = consistencyPlaces(given, measuredZUm, volumeZUm);
    const system = systemOf(measured, options);
    const pixelSizeUm = pixelSizeOf(measured);
    const planes = await reblurredPlanes(context, {
      ...{ volume, measured, t, c, volumeZUm, places, system, pixelSizeUm },
    });
    const share = (of: 'measured' | 'volume'): number =>
      rootMeanSquare(planes.filter((plane) => plane.of === of).map(({ relative }) => relative));
    const [withMeasured, withOptics] = [share('measured'), share('volume')];
    const figure = rootMeanSquare(planes.map(({ relative }) => relative));
    return {
      stacks: { map: mapOf(measured, c, planes) },
      report: {
        ...{ figure, withMeasured, withOptics },
        optics: { ...system },
        planes: planes.map(({ zUm, of, relative }) => ({ zUm, of, relative })),
      },
      lines: [
        `Disagreement ${percent(figure)} of the structure (0 is perfect): ${percent(withMeasured)} with the measured planes beyond their noise, ${percent(withOptics)} with what the optics can image`,
        ...planes.map(
          ({ zUm, of, relative }) =>
            `  ${zUm.toFixed(2)} um  ${of === 'measured' ? 'measured' : 'optics  '}  ${percent(relative)}`,
        ),
      ],
    };
  },
});

type Options = z.infer<typeof params>;

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function heights(stack: ImageStack, zUm: readonly number[] | null): readonly number[] {
  if (zUm) return zUm;
  throw new AxialError(
    'ImpossibleRequestError',
    `${stack.name} does not state the distance between its planes.`,
    'State it under Image > Properties, or on the command line with --z-step-um 0.2.',
  );
}

function pixelSizeOf({ name, calibration }: ImageStack): { x: number; y: number } {
  const { x, y } = calibration.pixelSizeUm;
  if (x !== null) return { x, y: y ?? x };
  throw new AxialError(
    'ImpossibleRequestError',
    `${name} does not state its pixel size.`,
    'State it under Image > Properties, or on the command line with --pixel-size-um 0.1.',
  );
}

/** The microscope, matched to its specimen. */
function systemOf(measured: ImageStack, options: Options): OpticalSystem {
  const stated = statedObjective(measured);
  const numericalAperture = options.numericalAperture ?? stated.numericalAperture ?? 1.4;
  const usual = numericalAperture > 1.33 ? 1.515 : numericalAperture > 0.95 ? 1.333 : 1;
  const immersionIndex = options.immersionIndex ?? stated.immersionIndex ?? usual;
  const emissionNm = measured.calibration.channels[options.channel]?.emissionNm ?? 520;
  const emissionUm = options.emissionUm ?? emissionNm / 1000;
  if (numericalAperture < immersionIndex) {
    return { numericalAperture, emissionUm, immersionIndex, specimenIndex: immersionIndex };
  }
  throw new AxialError(
    'ImpossibleRequestError',
    `An aperture of ${numericalAperture} cannot be had with a refractive index of ${immersionIndex}.`,
    'Check --numerical-aperture and --immersion-index.',
  );
}

function requireComparable(
  volume: ImageStack,
  measured: ImageStack,
  { channel, time }: Options,
): void {
  for (const { name, shape } of [volume, measured]) {
    if (shape.x !== measured.shape.x || shape.y !== measured.shape.y) {
      throw new AxialError(
        'ImpossibleRequestError',
        `The volume has ${shape.x} x ${shape.y} pixels, the measured stack ${measured.shape.x} x ${measured.shape.y}.`,
        'Check a volume against the stack that it was made from.',
      );
    }
    if (channel < shape.c && time < shape.t) continue;
    throw new AxialError(
      'ImpossibleRequestError',
      `${name} has no channel ${channel} at time ${time}.`,
      'Both count from 0.',
    );
  }
}

function nothingGiven(): AxialError {
  return new AxialError(
    'UsageError',
    'The history of the volume does not say which planes it was made from.',
    'Name them with --given 4,20,36.',
  );
}

/** One plane at every height that was checked; against the measured plane where there is one. */
function mapOf(measured: ImageStack, channel: number, all: readonly ReblurredPlane[]): ImageStack {
  const heights = new Set(all.filter(({ of }) => of === 'measured').map(({ zUm }) => zUm));
  const planes = all.filter(({ of, zUm }) => of === 'measured' || !heights.has(zUm));
  const shape = { t: 1, c: 1, z: planes.length, y: measured.shape.y, x: measured.shape.x };
  const { calibration } = measured;
  return {
    name: `${measured.name} disagreement`,
    shape,
    pixelType: 'float32',
    calibration: calibrationAt(
      {
        ...calibration,
        channels: calibration.channels.slice(channel, channel + 1),
        timeStepS: null,
      },
      planes.map(({ zUm }) => zUm),
    ),
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(
      shape,
      planes.map(({ difference }) => difference),
    ),
  };
}
