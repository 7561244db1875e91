import { z } from 'zod';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { pixelRange } from '#core/image/pixelRange';
import { cylinder } from '#core/reconstruct/surface/cylinder';
import type { SurfaceField } from '#core/reconstruct/surface/heightsAlong';
import { sinusoid } from '#core/reconstruct/surface/sinusoid';
import { tiltedPlane } from '#core/reconstruct/surface/tiltedPlane';
import { defineCommand } from '#core/command/defineCommand';
import { AxialError } from '#core/util/errors';

const WAVE = { shape: ['sinusoid'] };

const params = z.object({
  shape: z
    .enum(['flat', 'tilted', 'cylinder', 'sinusoid'])
    .default('tilted')
    .meta({ title: 'Shape', description: 'What the surface looks like.' }),
  heightUm: z.number().min(-1e5).max(1e5).default(0).meta({
    title: 'Height',
    unit: 'um',
    description: 'Height at the centre of the field, from the first plane of the stack.',
  }),
  directionDeg: z
    .number()
    .min(-360)
    .max(360)
    .default(0)
    .meta({
      title: 'Direction',
      unit: 'degrees',
      appliesTo: { shape: ['tilted', 'cylinder', 'sinusoid'] },
      description: 'In which the height changes: 0 along x, 90 along y.',
    }),
  tiltDeg: z
    .number()
    .gt(-90)
    .lt(90)
    .default(1)
    .meta({
      title: 'Tilt',
      unit: 'degrees',
      appliesTo: { shape: ['tilted'] },
      description: 'Angle between surface and focal plane.',
    }),
  radiusUm: z
    .number()
    .min(-1e6)
    .max(1e6)
    .default(100)
    .meta({
      title: 'Radius',
      unit: 'um',
      appliesTo: { shape: ['cylinder'] },
      description: 'Of the cylinder; a negative one is hollow like a groove.',
    }),
  amplitudeUm: z.number().min(-1e5).max(1e5).default(1).meta({
    title: 'Amplitude',
    unit: 'um',
    appliesTo: WAVE,
    description: 'Height of the crests above the mean.',
  }),
  periodUm: z.number().positive().max(1e6).default(20).meta({
    title: 'Period',
    unit: 'um',
    appliesTo: WAVE,
    description: 'Distance from crest to crest.',
  }),
  phaseDeg: z.number().min(-360).max(360).default(0).meta({
    title: 'Phase',
    unit: 'degrees',
    appliesTo: WAVE,
    description: 'At the centre of the field: 0 rises through the mean, 90 is a crest.',
  }),
});

export const reconstructSurface = defineCommand({
  id: 'reconstruct.surface',
  title: 'Height Map of a Surface…',
  summary:
    'Makes the height map (in um) of a tilted, bent or wavy surface, for reconstruct --surface.',
  menu: ['Reconstruct'],
  verb: 'surface',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'heightMap', title: 'Height map in um', kind: 'stack', flag: 'o' }],
  params,
  run(_context, { stack }, options) {
    const heights = surfaceOf(options, fieldOf(stack));
    const { min, max } = pixelRange(heights);
    return Promise.resolve({
      stacks: { heightMap: heightMap(stack, heights) },
      report: { shape: options.shape, lowestUm: min, highestUm: max },
      lines: [`Heights from ${min.toFixed(3)} to ${max.toFixed(3)} um`],
    });
  },
});

type Params = z.infer<typeof params>;

function surfaceOf(options: Params, field: SurfaceField): Float32Array<ArrayBuffer> {
  switch (options.shape) {
    case 'flat':
      return new Float32Array(field.width * field.height).fill(options.heightUm);
    case 'tilted':
      return tiltedPlane(field, options, options.tiltDeg);
    case 'cylinder':
      if (options.radiusUm === 0) throw noRadius();
      return cylinder(field, options, options.radiusUm);
    case 'sinusoid':
      return sinusoid(field, options, options);
  }
}

function fieldOf({ shape, calibration }: ImageStack): SurfaceField {
  const { x, y } = calibration.pixelSizeUm;
  if (x === null) {
    throw new AxialError(
      'ImpossibleRequestError',
      'The file does not state its pixel size, so nobody knows how wide the field is.',
      'State it under Image > Properties, or on the command line with --pixel-size-um 0.1.',
    );
  }
  return { width: shape.x, height: shape.y, pixelSizeUm: { x, y: y ?? x } };
}

function noRadius(): AxialError {
  return new AxialError(
    'UsageError',
    'A cylinder cannot have a radius of 0 um.',
    'Give --radius-um, negative for a hollow one.',
  );
}

function heightMap(stack: ImageStack, heights: Float32Array<ArrayBuffer>): ImageStack {
  const shape = { t: 1, c: 1, z: 1, y: stack.shape.y, x: stack.shape.x };
  const { x, y } = stack.calibration.pixelSizeUm;
  return {
    name: `${stack.name} surface`,
    shape,
    pixelType: 'float32',
    calibration: { ...unknownCalibration(1), pixelSizeUm: { x, y, z: null } },
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(shape, [heights]),
  };
}
