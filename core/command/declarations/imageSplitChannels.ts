import { z } from 'zod';
import { splitChannels } from '#core/stack/splitChannels';
import { defineCommand } from '#core/command/defineCommand';
import { AxialError } from '#core/util/errors';

const MOST_CHANNELS = 7;
const NUMBERS = Array.from({ length: MOST_CHANNELS }, (_, c) => c);

export const imageSplitChannels = defineCommand({
  id: 'image.splitChannels',
  title: 'Split Channels',
  summary: `Makes a stack of each channel, up to ${MOST_CHANNELS}.`,
  menu: ['Image', 'Color'],
  verb: 'split',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: NUMBERS.map((c) => ({
    name: `channel${c}`,
    title: `Channel ${c}`,
    kind: 'stack',
    flag: `channel${c}`,
    optional: true,
  })),
  params: z.object({}),
  run(_context, { stack }) {
    const channels = splitChannels(stack);
    if (channels.length > MOST_CHANNELS) {
      throw new AxialError(
        'ImpossibleRequestError',
        `${stack.name} has ${channels.length} channels.`,
        'Take them out one by one with Duplicate Range (axial substack --channels).',
      );
    }
    return Promise.resolve({
      stacks: Object.fromEntries(channels.map((channel, c) => [`channel${c}`, channel])),
      lines: channels.map(({ name }, c) => `Channel ${c}: ${name}`),
    });
  },
});
