import { OBJECTIVES } from '#core/optics/objectives';
import type { NetworkGraph } from '#core/network/graph';
import { TRAINING_TASKS } from '#core/training/data/trainingTasks';
import type { PackageFacts } from './packages';

const MZ_PAPER = {
  text: 'Huang, L. et al. Recurrent neural network-based volumetric fluorescence microscopy. Light Sci. Appl. 10, 62 (2021)',
  doi: '10.1038/s41377-021-00506-9',
};
const DEEP_Z_PAPER = {
  text: 'Wu, Y. et al. Three-dimensional virtual refocusing of fluorescence microscopy images using deep learning. Nat. Methods 16, 1323-1331 (2019)',
  doi: '10.1038/s41592-019-0622-5',
};

/** A file of a package with its checksum. */
interface SummedFile {
  readonly source: string;
  readonly sha256: string;
}

/** rdf.yaml of a package, in the format 0.5 of the BioImage Model Zoo; config.axial holds what it has no words for. */
export function describePackage(
  facts: PackageFacts,
  graph: NetworkGraph,
  sum: (source: string) => SummedFile,
): object {
  const { title, purpose, specimens } = facts;
  const { pixelSizeUm } = OBJECTIVES[facts.objective];
  const { title: objective } = OBJECTIVES[facts.objective];
  const counts = inputCounts(facts, graph);
  return {
    ...{ type: 'model', format_version: '0.5.4', name: title, version: '0.1.0' },
    description: `Reconstructs ${purpose} at any height (${graph.variant} ${graph.name}, ${objective}, ${pixelSizeUm} um pixels).`,
    authors: [{ name: 'Axial contributors' }],
    ...{ license: 'MIT', documentation: 'README.md', covers: ['cover.png'] },
    tags: ['fluorescence-light-microscopy', 'widefield', 'refocusing', '3d', ...specimens],
    cite: [graph.name === 'deep-z' ? DEEP_Z_PAPER : MZ_PAPER],
    inputs: [
      {
        id: 'images',
        // The format allows 128 characters.
        description: `${seenPlanes(facts, counts)}; with each (target z - plane z in um) / 10.`,
        axes: [
          {
            type: 'index',
            size:
              counts.max > counts.min ? { min: leastPlanes(facts, counts), step: 1 } : counts.max,
          },
          { type: 'channel', channel_names: ['intensity', 'dpm'] },
          ...['y', 'x'].map((id) => spaceAxis(id, pixelSizeUm, { min: 1, step: 1 })),
        ],
        data: { type: 'float32' },
        test_tensor: sum('testInput.npy'),
      },
    ],
    outputs: [
      {
        id: 'plane',
        description: "The plane at the target's z, in the normalised units of the inputs.",
        axes: [
          { type: 'batch', size: 1 },
          { type: 'channel', channel_names: ['intensity'] },
          ...['y', 'x'].map((id) =>
            spaceAxis(id, pixelSizeUm, { tensor_id: 'images', axis_id: id }),
          ),
        ],
        data: { type: 'float32' },
        test_tensor: sum('testOutput.npy'),
      },
    ],
    weights: { onnx: { ...sum('model.onnx'), opset_version: 17 } },
    attachments: ['sampleInput.npy', 'graph.json', 'weights.safetensors', ...tables(facts)].map(
      sum,
    ),
    config: { axial: axialPart(facts, counts, sum) },
  };
}

const CORRELATION = 'planeCorrelation.json';
const FIT = 'specimenFit.json';
const FITTED_IMAGES = {
  layers: 'fitted layers',
  grains: 'fitted grains',
  points: 'fitted balls',
} as const;

/** Files beside graph and weights that the network needs. */
export function tables({ task }: PackageFacts): readonly string[] {
  const { correlationUm, fitted } = taskOf(task);
  return [...(correlationUm === undefined ? [] : [CORRELATION]), ...(fitted ? [FIT] : [])];
}

/** What the images are; the format allows 128 characters for all of the description. */
function seenPlanes(facts: PackageFacts, counts: { readonly max: number }): string {
  if (counts.max === 1) return 'A normalised plane';
  const added = addedImages(facts);
  if (added.length === 0) return 'Normalised planes, the nearest to the target last';
  return `Normalised planes, nearest last, then ${added.join(' and ')}`;
}

/** What the network sees behind measured planes, in that order. */
function addedImages({ task }: PackageFacts): readonly string[] {
  const { correlationUm, fitted } = taskOf(task);
  return [
    ...(fitted?.fits ?? []).map(({ model }) => FITTED_IMAGES[model]),
    ...(correlationUm === undefined ? [] : ['spectral interpolation']),
  ];
}

function leastPlanes(facts: PackageFacts, counts: { readonly min: number }): number {
  return counts.min + addedImages(facts).length;
}

function axialPart(
  facts: PackageFacts,
  inputCount: { readonly min: number; readonly max: number },
  sum: (source: string) => SummedFile,
): object {
  const { objective: name, pixelRangeUm, task: taskName, specimens, trainedOn } = facts;
  const { magnification, numericalAperture, immersionIndex, pixelSizeUm, zStepUm } =
    OBJECTIVES[name];
  const { spacingUm, beyondUm, beyondAloneUm } = taskOf(taskName);
  return {
    ...{ graph: sum('graph.json'), weights: sum('weights.safetensors') },
    ...(tables(facts).includes(CORRELATION) && { correlation: sum(CORRELATION) }),
    ...(tables(facts).includes(FIT) && { fit: sum(FIT) }),
    objective: { magnification, numericalAperture, immersionIndex },
    ...{ pixelSizeUm, pixelRangeUm, zStepUm, inputCount },
    spacingUm: { min: spacingUm[0], max: spacingUm[1] },
    ...{ beyondUm, singleInputReachUm: beyondAloneUm, inputOrder: 'nearestLast' },
    ...{ dpmUnitUm: 10, normalisation: 'paper', specimens, trainedOn },
  };
}

function spaceAxis(id: string, pixelSizeUm: number, size: object): object {
  return { type: 'space', id, size, scale: pixelSizeUm, unit: 'micrometer' };
}

function taskOf(name: string) {
  const task = TRAINING_TASKS.get(name);
  if (!task) throw new RangeError(`There is no task "${name}".`);
  return task;
}

/** How many images the training fed, as far as the network takes them. */
function inputCounts({ task }: PackageFacts, graph: NetworkGraph): { min: number; max: number } {
  const counts = taskOf(task).inputCounts.map(({ count }) => count);
  if (graph.name === 'deep-z') return { min: 1, max: 1 };
  return { min: Math.min(...counts), max: Math.max(...counts) };
}
