import type { PlaneCorrelation } from '#core/image/PlaneCorrelation';
import { allFinite } from '#core/util/allFinite';
import { AxialError } from '#core/util/errors';
import type { NetworkGraph } from './graph';
import { listParameters } from './listParameters';
import type { ModelDescription } from './modelDescription';
import { modelDescriptionSchema } from './modelDescription';
import type { OnnxSource } from './OnnxSource';
import { emittedOnnx, storedOnnx } from './OnnxSource';
import type { ReadPackageFile } from './packageFiles';
import { damagedPackage, readChecked } from './packageFiles';
import { parseGraph } from './parseGraph';
import { parsePlaneCorrelation } from './parsePlaneCorrelation';
import { parseSpecimenFits, type SpecimenFit } from './parseSpecimenFits';
import { readNpy } from './readNpy';
import { readSafetensors } from './readSafetensors';
import { coarsestScale, receptiveFieldRadius } from './receptiveFieldRadius';
import { sha256Hex } from './sha256Hex';
import type { Tensor, Weights } from './Weights';
import { fitNetwork } from '#core/network/zoo/fitNetwork';
import { parseZooModel } from '#core/network/zoo/parseZooModel';
import { unusableModel } from '#core/network/zoo/unusableModel';

/** A model that is ready to run. */
export interface ModelPackage {
  /** What its rdf.yaml states. */
  readonly description: ModelDescription;
  /** Objective, pixel size, trained range and normalisation. */
  readonly axial: ModelDescription['config']['axial'];
  readonly network: OnnxSource;
  /** Checksums of what computes. */
  readonly checksums: readonly string[];
  /** For networks that see the plane of spectral interpolation after the measured ones, else `null`. */
  readonly correlation: PlaneCorrelation | null;
  /** How specimens are fitted that the network sees beside measured planes, in that order. */
  readonly fits: readonly SpecimenFit[];
  /** What the package's own test feeds, of axes (m, channel, y, x), and what must come out. */
  readonly test: { readonly input: Tensor; readonly output: Tensor };
  /** Height and width of a block must be multiples of this. */
  readonly multiplePx: number;
  /** Smallest height and width of a block. @default multiplePx */
  readonly minPx?: number;
  /** Radius in pixels of what one output sample sees, for `inputCount` images. */
  readonly receptiveFieldPx: (inputCount: number) => number;
}

/**
 * Loads a model package: a BioImage Model Zoo description (rdf.yaml, format 0.5) whose `config.axial`
 * says what the model is for, and which graph and weights compute; where it names none, the package's
 * ONNX file does. Every checksum is compared.
 *
 * @param document the parsed description
 * @throws AxialError UnsupportedFileError when the description is of another kind or the ONNX file does
 *   not fit, DamagedFileError when a file is changed or does not fit, and what `read` throws
 */
export async function loadModelPackage(
  document: unknown,
  read: ReadPackageFile,
): Promise<ModelPackage> {
  const description = parseModelDescription(document);
  const { axial } = description.config;
  const { onnx } = description.weights ?? {};
  const [input, output] = [description.inputs[0], description.outputs[0]];
  if (!input || !output) throw new RangeError('The schema demands one input and one output.');
  if (axial.graph && onnx) await readChecked(read, onnx);
  const computes =
    axial.graph && axial.weights
      ? await graphNetwork(read, axial.graph, axial.weights)
      : await storedNetwork(read, document);
  const optional = async (file: CheckedFile | undefined): Promise<string | null> =>
    file ? new TextDecoder().decode(await readChecked(read, file)) : null;
  const [table, fits] = [await optional(axial.correlation), await optional(axial.fit)];
  return {
    description,
    axial,
    ...computes,
    checksums: [
      ...computes.checksums,
      ...[axial.correlation, axial.fit].flatMap((file) => (file ? [file.sha256] : [])),
    ],
    correlation: table === null ? null : parsePlaneCorrelation(table),
    fits: fits === null ? [] : parseSpecimenFits(fits),
    test: {
      input: readNpy(await readChecked(read, input.test_tensor)),
      output: readNpy(await readChecked(read, output.test_tensor)),
    },
  };
}

/** Checks the description of a package made for Axial. */
export function parseModelDescription(document: unknown): ModelDescription {
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

type Computes = Omit<ModelPackage, 'description' | 'axial' | 'correlation' | 'fits' | 'test'>;
type CheckedFile = NonNullable<ModelDescription['config']['axial']['graph']>;

async function graphNetwork(
  read: ReadPackageFile,
  graphFile: CheckedFile,
  weightsFile: CheckedFile,
): Promise<Computes> {
  const graph = parseGraph(new TextDecoder().decode(await readChecked(read, graphFile)));
  const weights = readSafetensors(await readChecked(read, weightsFile));
  checkWeights(graph, weights);
  return {
    network: emittedOnnx({ graph, weights }),
    checksums: [graphFile.sha256, weightsFile.sha256],
    multiplePx: coarsestScale(graph),
    receptiveFieldPx: (inputCount) => receptiveFieldRadius(graph, inputCount),
  };
}

/** The ONNX file of the package itself, as made by others. */
async function storedNetwork(read: ReadPackageFile, document: unknown): Promise<Computes> {
  const model = parseZooModel(document);
  const { shape, minPx, multiplePx, haloPx } = fitNetwork(model, 'refocus');
  if (!model.onnx) throw new RangeError('A model that fits has an ONNX file.');
  if ([...model.inputs, ...model.outputs].some(({ steps }) => steps.length > 0)) {
    const why = 'It states pre- or postprocessing beside the normalisation of config.axial.';
    throw unusableModel(model.name, why, 'Leave one of them out of its rdf.yaml.');
  }
  const bytes = new Uint8Array(await readChecked(read, model.onnx));
  return {
    network: storedOnnx(bytes, shape),
    checksums: [await sha256Hex(bytes)],
    ...{ minPx, multiplePx },
    receptiveFieldPx: () => haloPx ?? Infinity,
  };
}

function checkWeights(graph: NetworkGraph, weights: Weights): void {
  for (const { name, shape } of listParameters(graph)) {
    const tensor = weights.get(name);
    if (!tensor) throw damagedPackage(`The weight "${name}" is missing.`);
    if (tensor.shape.join() !== shape.join()) {
      throw damagedPackage(`The weight "${name}" has the shape ${tensor.shape.join(' x ')}.`);
    }
    if (!allFinite(tensor.data)) {
      throw damagedPackage(`The weight "${name}" holds a value that is not finite.`);
    }
  }
}
