/**
 * Completes a model package whose graph.json, weights.safetensors and test arrays exist: writes model.onnx, and
 * rdf.yaml with what `packages.ts` says of it.
 *
 *     node build/scripts/runTypeScript.mjs assets/models/packageModel.ts assets/models/NAME
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { sealed } from '#core/network/descriptionSeal';
import { emitOnnx } from '#core/network/emitOnnx';
import { narrowToHalf, widenHalf } from '#core/network/halfPrecision';
import { parseGraph } from '#core/network/parseGraph';
import { readSafetensors } from '#core/network/readSafetensors';
import { sha256Hex } from '#core/network/sha256Hex';
import type { Weights } from '#core/network/Weights';
import { describePackage, tables } from './describePackage';
import { PACKAGES } from './packages';

const SUMMED = [
  'graph.json',
  'weights.safetensors',
  'model.onnx',
  'testInput.npy',
  'testOutput.npy',
  'sampleInput.npy',
];

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

const facts = PACKAGES.get(basename(folder));
if (!facts) throw new Error(`packages.ts says nothing of ${basename(folder)}.`);
const sums = new Map<string, string>();
for (const source of [...SUMMED, ...tables(facts)])
  sums.set(source, await sha256Hex(await readFile(join(folder, source))));
const description = describePackage(facts, graph, (source) => {
  return { source, sha256: sums.get(source) ?? '' };
});
const head = '# BioImage Model Zoo description, made by assets/models/packageModel.ts.\n';
await writeFile(
  join(folder, 'rdf.yaml'),
  await sealed(head + stringify(description, { lineWidth: 100, aliasDuplicateObjects: false })),
);
