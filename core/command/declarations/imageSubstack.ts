import { z } from 'zod';
import { INDEX_RANGES, parseIndexRanges } from '#core/stack/parseIndexRanges';
import { allIndices, substack } from '#core/stack/substack';
import { defineCommand } from '#core/command/defineCommand';
import { shapeLine } from '#core/command/steps/resultLines';

const numbers = (title: string, what: string, needsAxis: 't' | 'c' | 'z') =>
  z
    .string()
    .regex(INDEX_RANGES)
    .nullable()
    .default(null)
    .meta({
      title,
      needsAxis,
      description: `Which ${what}s, counted from 0, such as 0-9,12,20-30:2; by default all.`,
    });

export const imageSubstack = defineCommand({
  id: 'image.substack',
  title: 'Duplicate Range…',
  summary: 'Takes some planes, channels and time points, in the order given.',
  menu: ['Image', 'Stacks'],
  accelerator: 'CmdOrCtrl+Shift+D',
  verb: 'substack',
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'part', title: 'Part of the stack', kind: 'stack', flag: 'o' }],
  params: z.object({
    planes: numbers('Planes', 'plane', 'z'),
    channels: numbers('Channels', 'channel', 'c'),
    times: numbers('Time points', 'time point', 't'),
  }),
  run(_context, { stack }, { planes, channels, times }) {
    const pick = (text: string | null, count: number, what: string): number[] =>
      text === null ? allIndices(count) : parseIndexRanges(text, count, what);
    const picked = {
      t: pick(times, stack.shape.t, 'time point'),
      c: pick(channels, stack.shape.c, 'channel'),
      z: pick(planes, stack.shape.z, 'plane'),
    };
    const part = { ...substack(stack, picked), name: `${stack.name} part` };
    return Promise.resolve({
      stacks: { part },
      report: { planes: picked.z, channels: picked.c, times: picked.t },
      lines: [shapeLine(part)],
    });
  },
});
