/**
 * Writes the graph.json of a network, for training and for packages.
 *
 *     node build/scripts/runTypeScript.mjs assets/models/makeGraph.ts NETWORK FILE \
 *       [--channels 8] [--levels 5] [--variant anchored]
 *
 * NETWORK: recurrent-mz, deep-z, unet-3d, recurrent-mz-discriminator or deep-z-discriminator. What is
 * not given is the paper's.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { deepZ } from '#core/network/deepZ';
import { deepZDiscriminator, recurrentMzDiscriminator } from '#core/network/discriminator';
import { countParameters } from '#core/network/listParameters';
import { recurrentMz } from '#core/network/recurrentMz';
import { unet3d } from '#core/network/unet3d';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    channels: { type: 'string' },
    levels: { type: 'string' },
    variant: { type: 'string' },
  },
});
const [network, file] = positionals;
const { variant = 'plain' } = values;
if (variant !== 'plain' && variant !== 'anchored' && variant !== 'blended') {
  throw new Error(`No variant "${variant}".`);
}
if (variant === 'blended' && network !== 'recurrent-mz') {
  throw new Error('Only recurrent-mz has the variant "blended".');
}
const common = variant === 'blended' ? 'anchored' : variant;
const channels = values.channels === undefined ? undefined : Number(values.channels);
const size = {
  variant: common,
  ...(channels === undefined ? {} : { channels }),
  ...(values.levels === undefined ? {} : { levels: Number(values.levels) }),
} as const;
const makers = {
  'recurrent-mz': () => recurrentMz({ ...size, variant }),
  'deep-z': () => deepZ(size),
  'unet-3d': () => unet3d(size),
  'recurrent-mz-discriminator': () => recurrentMzDiscriminator(channels),
  'deep-z-discriminator': () => deepZDiscriminator(channels),
};
const make = Object.entries(makers).find(([name]) => name === network)?.[1];
if (!make || file === undefined) {
  throw new Error(`Wanted: one of ${Object.keys(makers).join(', ')}, and the file to write.`);
}
const graph = make();
await writeFile(file, `${JSON.stringify(graph, null, 1)}\n`);
console.log(`${file}: ${graph.name}, ${countParameters(graph).toLocaleString('en')} weights`);
