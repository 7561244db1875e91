import { z } from 'zod';
import { mergeChannels } from '#core/stack/mergeChannels';
import { defineCommand } from '#core/command/defineCommand';
import { newNotes, shapeLine } from '#core/command/steps/resultLines';
import { AxialError } from '#core/util/errors';

const REQUIRED = ['first', 'second'];
const OPTIONAL = ['third', 'fourth', 'fifth', 'sixth', 'seventh'];

export const imageMergeChannels = defineCommand({
  id: 'image.mergeChannels',
  title: 'Merge Channels…',
  summary: 'Makes one stack of the channels of several of equal size.',
  menu: ['Image', 'Color'],
  verb: 'merge',
  inputs: [
    ...REQUIRED.map((name) => ({ name, title: `${capital(name)} stack` })),
    ...OPTIONAL.map((name) => ({ name, title: `${capital(name)} stack`, flag: name })),
  ],
  outputs: [{ name: 'merged', title: 'Merged stack', kind: 'stack', flag: 'o' }],
  params: z.object({}),
  run(context, inputs) {
    const names = [...REQUIRED, ...OPTIONAL];
    const given = names.filter((name) => Object.hasOwn(inputs, name));
    const skipped = names.find((name, i) => i < given.length && !given.includes(name));
    if (skipped !== undefined) {
      throw new AxialError('UsageError', `The ${skipped} stack is missing.`, 'Leave no gaps.');
    }
    const stacks = given.map((name) => inputs[name]);
    const merged = { ...mergeChannels(stacks), name: `${stacks[0].name} merged` };
    const known = new Set(stacks.flatMap(({ notes }) => notes));
    newNotes(merged, stacks[0])
      .filter((note) => !known.has(note))
      .forEach((note) => context.note(note));
    return Promise.resolve({ stacks: { merged }, lines: [shapeLine(merged)] });
  },
});

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
