import { z } from 'zod';
import { ROLLING_BALL_VARIANTS } from '#core/background/backgroundUnder';
import { flatField } from '#core/background/flatField';
import { evenLight, subtractBackground } from '#core/background/subtractBackground';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { Plane } from '#core/image/Plane';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { readPlane } from '#core/image/readPlane';
import { toPixelType } from '#core/image/toPixelType';
import { meanPlane } from '#core/command/steps/meanPlane';
import { requireFinite } from '#core/command/steps/requireFinite';
import type { CommandContext } from '#core/command/CommandContext';
import { defineCommand, type CommandResult } from '#core/command/defineCommand';

const BALL = { method: ['rolling-ball'] };
const BALL_OF_IMAGEJ = { ...BALL, variant: ['imagej'] };
const FLAT_FIELD = { method: ['flat-field'] };

const params = z.object({
  method: z.enum(['rolling-ball', 'flat-field']).default('rolling-ball').meta({
    title: 'Method',
    description:
      'rolling-ball subtracts what varies more slowly than the ball, plane by plane; flat-field divides by the light over the field, one estimate for each channel.',
  }),
  radiusPx: z.number().min(1).max(2000).default(50).meta({
    title: 'Radius of the ball',
    appliesTo: BALL,
    description: 'At least the radius of the largest object that is not background.',
    unit: 'px',
  }),
  variant: z.enum(ROLLING_BALL_VARIANTS).default('imagej').meta({
    title: 'Variant of the ball',
    advanced: true,
    appliesTo: BALL,
    description:
      'imagej rolls a smaller ball on a smaller image, as Subtract Background does; scikit-image the whole ball, which takes long for large radii.',
  }),
  unsmoothed: z.boolean().default(false).meta({
    title: 'No smoothing',
    advanced: true,
    appliesTo: BALL_OF_IMAGEJ,
    description: 'Does not average over 3 x 3 pixels before the ball of imagej rolls.',
  }),
  lightBackground: z.boolean().default(false).meta({
    title: 'Light background',
    appliesTo: BALL,
    description: 'Objects are darker than the background.',
  }),
  degree: z.int().min(1).max(4).default(2).meta({
    title: 'Degree of the light',
    appliesTo: FLAT_FIELD,
    description: 'Degree of the polynomial that flat-field fits; 1 is a slope, 2 a bowl.',
  }),
  darkLevel: z.number().min(0).max(65_535).default(0).meta({
    title: 'Dark level',
    advanced: true,
    appliesTo: FLAT_FIELD,
    description: 'What the camera gives without light, for flat-field.',
    unit: 'grey levels',
  }),
});

type Options = z.infer<typeof params>;
type PlaneRule = (plane: Plane, index: PlaneIndex, signal?: AbortSignal) => Promise<Plane>;

export const processBackground = defineCommand({
  id: 'process.background',
  title: 'Subtract Background…',
  summary: 'Removes uneven background with a rolling ball, or uneven light with a smooth estimate.',
  menu: ['Process'],
  verb: 'background',
  preview: 'plane',
  runShare: 0.3,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [
    { name: 'corrected', title: 'Corrected stack', kind: 'stack', flag: 'o' },
    {
      name: 'background',
      title: 'What was removed: the background, or the relative light',
      kind: 'stack',
      flag: 'background',
      optional: true,
    },
  ],
  params,
  async run(context, { stack }, options): Promise<CommandResult> {
    const { method, radiusPx, variant } = options;
    if (method === 'rolling-ball') {
      return {
        stacks: rollingBallStacks(context, stack, options),
        report: { method, variant, radiusPx },
        lines: [`Rolling ball of ${radiusPx} px (${variant})`],
      };
    }
    const light = await channelLights(context, stack, options);
    const spans = light.map(({ data }) => spanOf(data));
    return {
      stacks: flatFieldStacks(stack, light, options),
      report: { method, degree: options.degree, darkLevel: options.darkLevel, light: spans },
      lines: spans.map(
        ({ lowest, highest }, c) =>
          `Light of channel ${c}: ${lowest.toFixed(3)} to ${highest.toFixed(3)} of its mean`,
      ),
    };
  },
});

function rollingBallStacks(
  { tasks }: Pick<CommandContext, 'tasks'>,
  stack: ImageStack,
  options: Options,
): { corrected: ImageStack; background: ImageStack } {
  const { variant, radiusPx, lightBackground } = options;
  const { pixelType } = stack;
  const how = { variant, radiusPx, lightBackground, smooth: !options.unsmoothed };
  const rollUnder = async (plane: Plane, signal?: AbortSignal): Promise<Plane> => {
    const background = await tasks.run('backgroundUnder', { ...how, plane }, signal);
    // scikit-image cuts off fractions of a grey level before anybody subtracts.
    if (variant === 'imagej' || pixelType === 'float32') return background;
    return { ...background, data: background.data.map(Math.trunc) };
  };
  return {
    corrected: mapped(stack, 'without background', async (plane, _, signal) =>
      subtractBackground(plane, await rollUnder(plane, signal), { pixelType, lightBackground }),
    ),
    background: mapped(stack, 'background', (plane, _, signal) => rollUnder(plane, signal)),
  };
}

async function channelLights(
  context: Pick<CommandContext, 'signal' | 'progress'>,
  stack: ImageStack,
  options: Options,
): Promise<Plane[]> {
  const lights: Plane[] = [];
  for (let c = 0; c < stack.shape.c; c++) {
    lights.push(flatField(await meanPlane(context, stack, c), options));
  }
  return lights;
}

function flatFieldStacks(
  stack: ImageStack,
  light: readonly Plane[],
  { darkLevel }: Options,
): { corrected: ImageStack; background: ImageStack } {
  const corrected = mapped(stack, 'under even light', (plane, { c }) =>
    Promise.resolve(evenLight(plane, light[c], darkLevel)),
  );
  const background = mapPlanes(stack, ({ c }) => Promise.resolve(light[c].data.slice()), {
    name: `${stack.name} light`,
    pixelType: 'float32',
    valueMapping: null,
  });
  return { corrected, background };
}

/** The stack with each plane changed when it is read, in its own pixel type. */
function mapped(stack: ImageStack, suffix: string, rule: PlaneRule): ImageStack {
  return mapPlanes(
    stack,
    async (index, signal) => {
      const plane = await readPlane(stack, index, { signal });
      requireFinite(plane, index.z, stack.name);
      return toPixelType((await rule(plane, index, signal)).data, stack.pixelType);
    },
    { name: `${stack.name} ${suffix}` },
  );
}

function spanOf(values: Float32Array): { lowest: number; highest: number } {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    lowest = Math.min(lowest, values[i]);
    highest = Math.max(highest, values[i]);
  }
  return { lowest, highest };
}
