import { parse } from 'yaml';
import type { PlaneCorrelation } from '#core/image/PlaneCorrelation';
import { AxialError } from '#core/util/errors';
import type { ModelDescription } from './modelDescription';
import { modelDescriptionSchema } from './modelDescription';
import type { NetworkGraph } from './graph';
import { listParameters } from './listParameters';
import { parseGraph } from './parseGraph';
import { parsePlaneCorrelation } from './parsePlaneCorrelation';
import { readNpy } from './readNpy';
import { readSafetensors } from './readSafetensors';
import { coarsestScale, receptiveFieldRadius } from './receptiveFieldRadius';
import { sha256Hex } from './sha256Hex';
import type { Tensor, Weights } from './Weights';

/** Reads one file of a package by its path inside it; throws when there is none. */
export type ReadPackageFile = (path: string) => Promise<Uint8Array>;

/** A model that is ready to run. */
export interface ModelPackage {
  /** What its rdf.yaml states. */
  readonly description: ModelDescription;
  /** Objective, pixel size, trained range and normalisation. */
  readonly axial: ModelDescription['config']['axial'];
  readonly graph: NetworkGraph;
  readonly weights: Weights;
  /** For networks that see the plane of spectral interpolation as their last image, else `null`. */
  readonly correlation: PlaneCorrelation | null;
  /** What the package's own test feeds, of axes (m, channel, y, x), and what must come out. */
  readonly test: { readonly input: Tensor; readonly output: Tensor };
  /** Height and width of a block must be multiples of this. */
  readonly multiplePx: number;
  /** Radius in pixels of what one output sample sees, for `inputCount` images. */
  readonly receptiveFieldPx: (inputCount: number) => number;
}

/**
 * Loads a model package: a folder with a BioImage Model Zoo description (rdf.yaml, format 0.5) whose
 * `config.axial` names the graph, the safetensors weights and what the model is for. Every checksum
 * is compared.
 *
 * @throws AxialError UnsupportedFileError when the description is of another kind, DamagedFileError
 *   when a file is changed or does not fit, and what `read` throws
 */
export async function loadModelPackage(read: ReadPackageFile): Promise<ModelPackage> {
  const description = await readModelDescription(read);
  const { axial } = description.config;
  const checked = async (file: {
    source: string;
    sha256?: string | undefined;
  }): Promise<Uint8Array> => {
    const bytes = await read(file.source);
    if (file.sha256 !== undefined && (await sha256Hex(bytes)) !== file.sha256) {
      throw damaged(`The file ${file.source} was changed: its checksum is another.`);
    }
    return bytes;
  };
  const graph = parseGraph(decodeText(await checked(axial.graph)));
  const weights = readSafetensors(await checked(axial.weights));
  checkWeights(graph, weights);
  const { onnx } = description.weights ?? {};
  if (onnx) await checked(onnx);
  const [input, output] = [description.inputs[0], description.outputs[0]];
  if (!input || !output) throw new RangeError('The schema demands one input and one output.');
  return {
    description,
    axial,
    graph,
    weights,
    correlation:
      axial.correlation === undefined
        ? null
        : parsePlaneCorrelation(decodeText(await checked(axial.correlation))),
    test: {
      input: readNpy(await checked(input.test_tensor)),
      output: readNpy(await checked(output.test_tensor)),
    },
    multiplePx: coarsestScale(graph),
    receptiveFieldPx: (inputCount) => receptiveFieldRadius(graph, inputCount),
  };
}

/**
 * Reads and checks the description of a package, and nothing else of it.
 *
 * @throws AxialError UnsupportedFileError when it is of another kind, DamagedFileError when it is no
 *   YAML text, and what `read` throws
 */
export async function readModelDescription(read: ReadPackageFile): Promise<ModelDescription> {
  const text = decodeText(await read('rdf.yaml'));
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw damaged('The file rdf.yaml is no YAML text.', cause);
  }
  const description = modelDescriptionSchema.safeParse(document);
  if (description.success) return description.data;
  const issue = description.error.issues[0];
  throw new AxialError(
    'UnsupportedFileError',
    `Axial cannot use this model: ${issue?.path.join('.') || 'rdf.yaml'}: ${issue?.message ?? ''}`,
    'Choose a model package made for Axial: its rdf.yaml (format 0.5) has a part config.axial.',
    { cause: description.error },
  );
}

function checkWeights(graph: NetworkGraph, weights: Weights): void {
  for (const { name, shape } of listParameters(graph)) {
    const tensor = weights.get(name);
    if (!tensor) throw damaged(`The weight "${name}" is missing.`);
    if (tensor.shape.join() !== shape.join()) {
      throw damaged(`The weight "${name}" has the shape ${tensor.shape.join(' x ')}.`);
    }
    if (!allFinite(tensor.data)) {
      throw damaged(`The weight "${name}" holds a value that is not finite.`);
    }
  }
}

/** An indexed loop: for millions of weights `every` takes longer than reading the file. */
function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

function damaged(message: string, cause?: unknown): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The model package is damaged. ${message}`,
    'Fetch or install the model again.',
    { cause },
  );
}
