import type { OnnxBuilder } from './OnnxBuilder';

/** Larger than every distance between an image and a target. */
const FAR = 1e6;

/**
 * Adds the nodes of a zInterpolation layer (see `ZInterpolationLayer`) for a value of axes
 * (m, 2, y, x); the result has axes (1, 1, y, x).
 */
export function emitZInterpolation(name: string, images: string, builder: OnnxBuilder): string {
  const part = (suffix: string): string => `${name}/${suffix}`;
  const channel = (index: number, suffix: string): string =>
    builder.node('Slice', part(suffix), [
      images,
      builder.integers(index),
      builder.integers(index + 1),
      builder.integers(1),
    ]);
  const intensity = channel(0, 'intensity');
  const distance = channel(1, 'distance');
  const far = builder.scalar(FAR);
  const below = builder.node('GreaterOrEqual', part('below'), [distance, builder.scalar(0)]);
  const above = builder.node('Not', part('above'), [below]);
  const negated = builder.node('Neg', part('negated'), [distance]);
  const down = builder.node('Where', part('down'), [below, distance, far]);
  const up = builder.node('Where', part('up'), [below, far, negated]);
  const lower = nearestImage(part('lower'), intensity, below, down, builder);
  const upper = nearestImage(part('upper'), intensity, above, up, builder);
  const half = builder.scalar(FAR / 2);
  const noLower = builder.node('Greater', part('noLower'), [lower.distance, half]);
  const noUpper = builder.node('Greater', part('noUpper'), [upper.distance, half]);
  const span = builder.node('Add', part('span'), [lower.distance, upper.distance]);
  const between = builder.node('Div', part('between'), [upper.distance, span]);
  const atMost = builder.node('Where', part('atMost'), [noUpper, builder.scalar(1), between]);
  const share = builder.node('Where', part('share'), [noLower, builder.scalar(0), atMost]);
  const rest = builder.node('Sub', part('rest'), [builder.scalar(1), share]);
  return builder.node('Add', name, [
    builder.node('Mul', part('fromLower'), [share, lower.image]),
    builder.node('Mul', part('fromUpper'), [rest, upper.image]),
  ]);
}

/** Smallest distance over the images, and the mean of the allowed images that have it. */
function nearestImage(
  name: string,
  intensity: string,
  allowed: string,
  distances: string,
  builder: OnnxBuilder,
): { readonly distance: string; readonly image: string } {
  const distance = builder.node('ReduceMin', `${name}/distance`, [distances], { axes: [0] });
  const nearest = builder.node('Equal', `${name}/nearest`, [distances, distance]);
  const chosen = builder.node('And', `${name}/chosen`, [nearest, allowed]);
  const zero = builder.scalar(0);
  const one = builder.scalar(1);
  const firstAxis = builder.integers(0);
  const kept = builder.node('Where', `${name}/kept`, [chosen, intensity, zero]);
  const sum = builder.node('ReduceSum', `${name}/sum`, [kept, firstAxis]);
  const ones = builder.node('Where', `${name}/ones`, [chosen, one, zero]);
  const count = builder.node('ReduceSum', `${name}/count`, [ones, firstAxis]);
  const atLeastOne = builder.node('Max', `${name}/atLeastOne`, [count, one]);
  return { distance, image: builder.node('Div', `${name}/image`, [sum, atLeastOne]) };
}
