import type { NetworkBlock } from '#core/network/NetworkExecutor';
import { unusableModel } from './unusableModel';
import type { ZooAxis, ZooModel, ZooSize, ZooTensor } from './ZooModel';

/** How blocks of images are fed to a network. */
export interface NetworkFit {
  /** Shape of the array for a block. */
  readonly shape: (block: Omit<NetworkBlock, 'data'>) => readonly number[];
  /** Height and width of a block must be this, */
  readonly minPx: number;
  /** or this, or any multiple of it, more. */
  readonly multiplePx: number;
  /** Pixels at the edges of a result that are no good; `null` where nothing is said of them. */
  readonly haloPx: number | null;
}

/** What a network is used for: planes one by one, or M planes with their distances to another height. */
export type NetworkUse = 'plane' | 'refocus';

const CHANNELS: Record<NetworkUse, number> = { plane: 1, refocus: 2 };

/**
 * Decides whether a model fits: it must have ONNX weights, one input, and one output with one channel
 * that is as large as the input; height and width must be free or go in steps. For single planes the
 * input is one image with one channel. For refocusing it has the axes (m, channel, y, x), the channels
 * being grey levels and distances.
 *
 * @throws AxialError UnsupportedFileError that says what the model wants, and what Axial can give
 */
export function fitNetwork(model: ZooModel, use: NetworkUse): NetworkFit {
  requireOnnx(model);
  const input = onlyTensor(model, model.inputs, 'inputs');
  const output = resolved(onlyTensor(model, model.outputs, 'outputs'), input);
  requireAxes(model, input, { verb: 'takes', channels: CHANNELS[use], many: use === 'refocus' });
  requireAxes(model, output, { verb: 'gives', channels: 1, many: false });
  requireSameSize(model, input, output);
  const halos = output.axes.flatMap(({ halo }) => halo ?? []);
  return {
    shape: ({ inputCount, height, width }) =>
      input.axes.map(({ id, type }) => {
        if (id === 'y' || id === 'x') return id === 'y' ? height : width;
        if (type === 'channel') return CHANNELS[use];
        return type === 'batch' || type === 'index' ? inputCount : 1;
      }),
    ...sideOf(model, input),
    haloPx: halos.length === 0 ? null : Math.max(...halos),
  };
}

function requireOnnx({ name, onnx, weightFormats }: ZooModel): void {
  if (onnx) return;
  const why = weightFormats.includes('onnx')
    ? 'Its ONNX weights lie in more than one file.'
    : `Its weights are for other programs (${weightFormats.join(', ') || 'none at all'}); Axial needs ONNX.`;
  const remedy = 'Ask its authors for ONNX weights in one file.';
  throw unusableModel(name, why, remedy);
}

function onlyTensor({ name }: ZooModel, tensors: readonly ZooTensor[], what: string): ZooTensor {
  const [only] = tensors;
  if (only && tensors.length === 1) return only;
  throw unusableModel(name, `It has ${tensors.length} ${what}; Axial can serve one.`);
}

/** The output with the lengths of its axes instead of "as long as in the input", but for height and width. */
function resolved({ axes, ...output }: ZooTensor, input: ZooTensor): ZooTensor {
  const sizeOfAxis = ({ id, size }: ZooAxis): ZooSize => {
    const same = size.kind === 'like' && size.factor === 1 && size.offset === 0;
    return same && !isInPlane(id) ? sizeOf(input, size.axis) : size;
  };
  return { ...output, axes: axes.map((axis) => ({ ...axis, size: sizeOfAxis(axis) })) };
}

interface Wanted {
  readonly verb: string;
  readonly channels: number;
  /** Whether several images come along the first axis. */
  readonly many: boolean;
}

/** Axes of a plane, y before x; a channel axis of the wanted length; of everything else one. */
function requireAxes({ name }: ZooModel, { axes }: ZooTensor, wanted: Wanted): void {
  const { verb, channels, many } = wanted;
  const inPlane = axes.flatMap(({ id }) => (isInPlane(id) ? id : [])).join('');
  const channel = axes.find(({ type }) => type === 'channel');
  const others = axes.filter(
    (axis, i) => !isInPlane(axis.id) && axis !== channel && !isOne(axis) && !(many && i === 0),
  );
  if (inPlane !== 'yx' || others.length > 0 || (many && !isManyFirst(axes))) {
    const room = many ? '(images, channel, y, x)' : 'single planes (y, x)';
    const stated = axes.map(axisText).join(', ');
    throw unusableModel(name, `It ${verb} arrays of axes ${stated}; Axial can serve ${room}.`);
  }
  const length = channel ? lengthOf(channel.size) : '1';
  if (length !== String(channels)) {
    const image = countText(length, 'channel');
    throw unusableModel(name, `It ${verb} images of ${image}; Axial can serve ${channels}.`);
  }
}

function isManyFirst([first, second, ...others]: readonly ZooAxis[]): boolean {
  const images = first?.type === 'batch' || first?.type === 'index';
  return images && second?.type === 'channel' && others.length === 2;
}

function isOne({ type, size }: ZooAxis): boolean {
  return type === 'batch' || (size.kind === 'fixed' && size.length === 1);
}

/** Which sides of an image the network takes, in both directions. */
function sideOf({ name }: ZooModel, input: ZooTensor): Pick<NetworkFit, 'minPx' | 'multiplePx'> {
  const [y, x] = [sizeOf(input, 'y'), sizeOf(input, 'x')];
  if (y.kind === 'steps' && x.kind === 'steps' && y.min === x.min && y.step === x.step) {
    return { minPx: y.min, multiplePx: Math.max(1, y.step) };
  }
  const sides = `${lengthOf(y)} x ${lengthOf(x)}`;
  throw unusableModel(
    name,
    y.kind === 'fixed' || x.kind === 'fixed'
      ? `It takes images of ${sides} pixels only; Axial can serve sizes that are free or go in steps.`
      : `The sizes of images that it takes (${sides} pixels) differ in height and width.`,
  );
}

function requireSameSize({ name }: ZooModel, input: ZooTensor, output: ZooTensor): void {
  for (const id of ['y', 'x']) {
    const [given, made] = [sizeOf(input, id), sizeOf(output, id)];
    const follows =
      made.kind === 'like' && made.axis === id && made.factor === 1 && made.offset === 0;
    if (follows || (given.kind !== 'like' && JSON.stringify(given) === JSON.stringify(made)))
      continue;
    throw unusableModel(name, 'The image that it gives is not as large as the one that it takes.');
  }
}

function sizeOf({ axes }: ZooTensor, id: string): ZooSize {
  return axes.find((axis) => axis.id === id)?.size ?? { kind: 'unknown' };
}

function isInPlane(id: string): boolean {
  return id === 'y' || id === 'x';
}

/** "z (16)", "channel (3)", "y". */
function axisText({ id, type, size }: ZooAxis): string {
  return isInPlane(id) || type === 'batch' ? id : `${id} (${lengthOf(size)})`;
}

function lengthOf(size: ZooSize): string {
  if (size.kind === 'fixed') return String(size.length);
  if (size.kind === 'steps') return `${size.min} or more`;
  return 'any';
}

function countText(length: string, noun: string): string {
  return length === '1' ? `1 ${noun}` : `${length} ${noun}s`;
}
