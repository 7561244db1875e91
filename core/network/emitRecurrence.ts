import type { RecurrentLayer } from './graph';
import type { OnnxValueInfo } from './onnxMessages';
import type { EmitScope } from './EmitScope';
import { imageNames, valueName } from './EmitScope';
import { OnnxBuilder } from './OnnxBuilder';
import { onnxGraphMessage } from './onnxMessages';

/** Adds the nodes of layers to a scope. */
type EmitLayers = (layers: RecurrentLayer['layers'], scope: EmitScope) => void;

/**
 * Adds a recurrence: unrolled for a known number of images, which every execution provider runs, else
 * as a Scan. `emitLayers` adds the layers inside.
 *
 * @returns the name of the last state
 */
export function emitRecurrence(
  layer: RecurrentLayer,
  scope: EmitScope,
  emitLayers: EmitLayers,
): string {
  return scope.inputCount === 'any'
    ? emitScan(layer, scope, emitLayers)
    : emitUnrolled(layer, scope, scope.inputCount, emitLayers);
}

/** One copy of the layers for each input image; the zero state before the first is folded away. */
function emitUnrolled(
  layer: RecurrentLayer,
  scope: EmitScope,
  inputCount: number,
  emitLayers: EmitLayers,
): string {
  const slices = layer.sequences.map((sequence) => imageNames(scope, sequence, inputCount));
  let state: string | null = null;
  for (let m = 0; m < inputCount; m++) {
    const values = new Map(scope.values);
    const zeros = new Set(scope.zeros);
    layer.sequences.forEach((sequence, index) => {
      const slice = slices[index]?.[m];
      if (slice !== undefined) values.set(sequence, slice);
    });
    if (state === null) zeros.add(layer.state.name);
    else values.set(layer.state.name, state);
    const inside = { ...scope, values, zeros, images: new Map() };
    emitLayers(layer.layers, inside);
    state = zeros.has(layer.next) ? null : valueName(inside, layer.next);
  }
  if (state === null) throw new RangeError(`The recurrence "${layer.name}" stays zero.`);
  return state;
}

/** The layers as the body of a Scan over the first axis of the sequences. */
function emitScan(layer: RecurrentLayer, scope: EmitScope, emitLayers: EmitLayers): string {
  const { builder } = scope;
  const body = new OnnxBuilder({ parent: builder });
  const values = new Map(scope.values);
  const zeroAxis = builder.integers(0);
  const state = body.fresh(`${layer.name}/h`);
  values.set(layer.state.name, state);
  const inputs: OnnxValueInfo[] = [{ name: state, shape: [1, layer.state.channels, 'h', 'w'] }];
  for (const sequence of layer.sequences) {
    const image = body.fresh(`${sequence}/image`);
    inputs.push({ name: image, shape: ['c', 'h', 'w'] });
    values.set(sequence, body.node('Unsqueeze', `${image}/block`, [image, zeroAxis]));
  }
  const inside = { ...scope, builder: body, values, images: new Map() };
  emitLayers(layer.layers, inside);
  const outputs = [
    {
      name: body.node('Identity', `${layer.name}/next`, [valueName(inside, layer.next)]),
      shape: [1, layer.state.channels, 'h', 'w'],
    },
  ];
  const graph = { name: layer.name, nodes: body.nodes, inputs, outputs, initializers: new Map() };
  const sequences = layer.sequences.map((sequence) => valueName(scope, sequence));
  return builder.node('Scan', layer.name, [zeroState(layer, sequences, builder), ...sequences], {
    body: onnxGraphMessage(graph),
    num_scan_inputs: sequences.length,
  });
}

function zeroState(
  layer: RecurrentLayer,
  sequences: readonly string[],
  builder: OnnxBuilder,
): string {
  const size = builder.node('Shape', `${layer.name}/size`, sequences.slice(0, 1), { start: 2 });
  const shape = builder.node(
    'Concat',
    `${layer.name}/shape`,
    [builder.integers(1, layer.state.channels), size],
    { axis: 0 },
  );
  return builder.node('ConstantOfShape', `${layer.name}/zero`, [shape]);
}
