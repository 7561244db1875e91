import type { Plane } from '#core/image/Plane';
import { storedOnnx, type OnnxSource } from '#core/network/OnnxSource';
import { damagedPackage, readChecked, type ReadPackageFile } from '#core/network/packageFiles';
import { readNpy } from '#core/network/readNpy';
import { sha256Hex } from '#core/network/sha256Hex';
import type { Tensor } from '#core/network/Weights';
import { fitNetwork } from './fitNetwork';
import type { ZooTensor } from './ZooModel';
import { parseZooModel } from './parseZooModel';
import type { ProcessingStep } from './ProcessingStep';

/** A network that makes one plane of one plane. */
export interface PlaneNetwork {
  readonly title: string;
  readonly network: OnnxSource;
  /** Checksum of the ONNX file, hexadecimal. */
  readonly sha256: string;
  /** Height and width of what is fed: this, or a multiple of `multiplePx` more. */
  readonly minPx: number;
  readonly multiplePx: number;
  /** Pixels at the edges of a result that are no good; `null` where nothing is said of them. */
  readonly haloPx: number | null;
  /** What is done to a plane before the network runs, and to its result. */
  readonly before: readonly ProcessingStep[];
  readonly after: readonly ProcessingStep[];
  /** Reads what the package's own test feeds, and what must come out: row-major (y, x) samples. */
  readonly test: () => Promise<{
    readonly plane: Plane;
    readonly expected: Float32Array<ArrayBuffer>;
  }>;
}

/**
 * Loads a package of the BioImage Model Zoo whose network makes one plane of one plane.
 *
 * @param document its parsed description
 * @throws AxialError UnsupportedFileError that says why it does not fit, DamagedFileError when the
 *   ONNX file was changed, and what `read` throws
 */
export async function loadPlaneNetwork(
  document: unknown,
  read: ReadPackageFile,
): Promise<PlaneNetwork> {
  const model = parseZooModel(document);
  const { shape, ...sides } = fitNetwork(model, 'plane');
  const [input, output] = [model.inputs[0], model.outputs[0]];
  if (!model.onnx || !input || !output) throw new RangeError('A model that fits has all of these.');
  const bytes = new Uint8Array(await readChecked(read, model.onnx));
  return {
    title: model.name,
    network: storedOnnx(bytes, shape),
    sha256: await sha256Hex(bytes),
    ...sides,
    ...{ before: input.steps, after: output.steps },
    test: async () => ({
      plane: planeOf(input, readNpy(await readChecked(read, input.test))),
      expected: readNpy(await readChecked(read, output.test)).data,
    }),
  };
}

/** A test array as the plane that it is. */
function planeOf({ axes }: ZooTensor, { shape, data }: Tensor): Plane {
  const [height = 0, width = 0] = ['y', 'x'].map((id) => shape[axes.findIndex((a) => a.id === id)]);
  if (data.length === height * width && data.length > 0) return { width, height, data };
  throw damagedPackage(`Its test array of ${shape.join(' x ')} is no plane.`);
}
