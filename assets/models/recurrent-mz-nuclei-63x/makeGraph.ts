/**
 * Writes this model's graph.json.
 *
 *     node build/scripts/runTypeScript.mjs assets/models/recurrent-mz-nuclei-63x/makeGraph.ts
 */
import { writeFile } from 'node:fs/promises';
import { recurrentMz } from '#core/network/recurrentMz';

// Multiples of eight channels fill the vector units of common processors.
const graph = recurrentMz({ channels: 8, levels: 5, variant: 'anchored' });
await writeFile(
  'assets/models/recurrent-mz-nuclei-63x/graph.json',
  `${JSON.stringify(graph, null, 1)}\n`,
);
