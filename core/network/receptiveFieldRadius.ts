import type { Layer, NetworkGraph } from './graph';
import type { ValueShape } from './inferShapes';
import { inferShapes } from './inferShapes';

/**
 * How far, in pixels of the image, an input sample can lie from an output sample that it changes,
 * with `inputCount` images. A tile with a halo of that size gives the same samples as the image.
 *
 * @throws RangeError when the graph is not sound
 */
export function receptiveFieldRadius(graph: NetworkGraph, inputCount: number): number {
  const radii = new Map([[graph.input.name, 0]]);
  walk(graph.layers, radii, inferShapes(graph), inputCount);
  return lookUp(radii, graph.output);
}

/** The largest number of image pixels that one value spans: sizes must be multiples of it. */
export function coarsestScale(graph: NetworkGraph): number {
  const scales = [...inferShapes(graph).values()].map((shape) => shape.scale);
  return Math.max(...scales.filter(Number.isFinite));
}

/** The radius of a value that is zero for every image, such as the state before the first step. */
const SEES_NOTHING = -Infinity;

/** Radii count from the edge of the pixels that a value spans, in image pixels. */
function walk(
  layers: readonly Layer[],
  radii: Map<string, number>,
  shapes: ReadonlyMap<string, ValueShape>,
  inputCount: number,
): void {
  for (const layer of layers) {
    radii.set(layer.name, layerRadius(layer, radii, shapes, inputCount));
  }
}

function layerRadius(
  layer: Layer,
  radii: ReadonlyMap<string, number>,
  shapes: ReadonlyMap<string, ValueShape>,
  inputCount: number,
): number {
  const scale = shapes.get(layer.name)?.scale ?? 1;
  switch (layer.op) {
    case 'conv2d':
    case 'conv3d': {
      const inputScale = shapes.get(layer.input)?.scale ?? scale;
      return lookUp(radii, layer.input) + ((layer.kernel - 1) / 2) * inputScale;
    }
    case 'upsample2':
    case 'upConvolution2':
      return lookUp(radii, layer.input) + scale;
    case 'globalAverage':
      return Infinity;
    case 'concat':
    case 'add':
    case 'sub':
      return Math.max(...layer.inputs.map((input) => lookUp(radii, input)));
    case 'mul': {
      const factors = layer.inputs.map((input) => lookUp(radii, input));
      return factors.includes(SEES_NOTHING) ? SEES_NOTHING : Math.max(...factors);
    }
    case 'recurrent': {
      let state = SEES_NOTHING;
      for (let m = 0; m < inputCount; m++) {
        const inside = new Map(radii).set(layer.state.name, state);
        walk(layer.layers, inside, shapes, inputCount);
        state = lookUp(inside, layer.next);
      }
      return state;
    }
    default:
      return lookUp(radii, layer.input);
  }
}

function lookUp(radii: ReadonlyMap<string, number>, name: string): number {
  const radius = radii.get(name);
  if (radius === undefined) throw new RangeError(`There is no value "${name}".`);
  return radius;
}
