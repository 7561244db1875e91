import type { EmitScope } from './EmitScope';
import { valueName } from './EmitScope';
import type { OverInputsLayer } from './graph';
import type { OnnxBuilder } from './OnnxBuilder';

/** Adds a layer that joins or reorders the images of its input, a value of axes (m, c, y, x). */
export function emitOverInputs(layer: OverInputsLayer, scope: EmitScope): string {
  const { builder } = scope;
  const { back = 0 } = layer;
  const last = scope.images.get(layer.input)?.at(-1 - back);
  if (layer.op === 'lastInput' && last !== undefined) return last;
  const input = valueName(scope, layer.input);
  switch (layer.op) {
    case 'lastInput':
      return emitLastInput(layer.name, input, back, builder);
    case 'meanInput':
      return builder.node('ReduceMean', layer.name, [input], { axes: [0] });
    case 'channelsAsInputs':
      return emitChannelsAsInputs(layer.name, input, builder);
  }
}

function emitLastInput(name: string, input: string, back: number, builder: OnnxBuilder): string {
  const end = back === 0 ? Number.MAX_SAFE_INTEGER : -back;
  const range = [-1 - back, end, 0].map((value) => builder.integers(value));
  return builder.node('Slice', name, [input, ...range]);
}

/** (m, c, y, x) to (m c, 1, y, x). */
function emitChannelsAsInputs(name: string, input: string, builder: OnnxBuilder): string {
  const size = builder.node('Shape', `${name}/size`, [input], { start: 2 });
  const shape = builder.node('Concat', `${name}/shape`, [builder.integers(-1, 1), size], {
    axis: 0,
  });
  return builder.node('Reshape', name, [input, shape]);
}
