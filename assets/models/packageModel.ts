/**
 * Completes a model package whose graph.json, weights.safetensors, test arrays and rdf.yaml exist: writes
 * model.onnx and puts the checksums of all files into rdf.yaml.
 *
 *     node build/scripts/runTypeScript.mjs assets/models/packageModel.ts assets/models/NAME
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { emitOnnx } from '#core/network/emitOnnx';
import { narrowToHalf, widenHalf } from '#core/network/halfPrecision';
import { parseGraph } from '#core/network/parseGraph';
import { readSafetensors } from '#core/network/readSafetensors';
import { sha256Hex } from '#core/network/sha256Hex';
import type { Weights } from '#core/network/Weights';

/** Whether every kernel is what half precision can hold, as training saves it. */
function keptInHalves(weights: Weights): boolean {
  const kernels = [...weights.values()].filter(({ shape }) => shape.length > 1);
  return kernels.every(({ data }) =>
    widenHalf(narrowToHalf(data)).every((value, i) => value === data[i]),
  );
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Wanted: the folder of the package.');

const graph = parseGraph(await readFile(join(folder, 'graph.json'), 'utf8'));
const weights = readSafetensors(await readFile(join(folder, 'weights.safetensors')));
await writeFile(
  join(folder, 'model.onnx'),
  emitOnnx({ graph, weights }, { inputCount: 'any', halfKernels: keptInHalves(weights) }),
);

const path = join(folder, 'rdf.yaml');
const document = parseDocument(await readFile(path, 'utf8'));
const sums: [string, { set: (key: string, value: string) => void }][] = [];
visit(document, {
  Map: (_, map) => {
    const source = map.get('source', true);
    if (isMap(map) && isScalar(source) && map.has('sha256')) sums.push([String(source.value), map]);
  },
});
for (const [source, map] of sums) {
  map.set('sha256', await sha256Hex(await readFile(join(folder, source))));
}
await writeFile(path, document.toString({ lineWidth: 100 }));
