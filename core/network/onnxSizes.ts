import type { OnnxBuilder } from './OnnxBuilder';

/**
 * Adds nodes that continue images (m, c, y, x) by their edge pixels, at the bottom and at the right, up
 * to multiples of `multiplePx`.
 *
 * @returns the name of the result
 */
export function extendToMultiple(images: string, multiplePx: number, builder: OnnxBuilder): string {
  if (multiplePx === 1) return images;
  const size = builder.node('Shape', 'extended/size', [images], { start: 2 });
  const multiple = builder.integers(multiplePx);
  const beyond = builder.node('Mod', 'extended/beyond', [size, multiple]);
  const short = builder.node('Sub', 'extended/short', [multiple, beyond]);
  const missing = builder.node('Mod', 'extended/missing', [short, multiple]);
  const none = builder.integers(0, 0, 0, 0, 0, 0);
  const pads = builder.node('Concat', 'extended/pads', [none, missing], { axis: 0 });
  return builder.node('Pad', 'extended', [images, pads], { mode: 'edge' });
}

/** Adds the node that makes `output` of `value`, cut to the height and width of `images`. */
export function cutToImage(
  value: string,
  images: string,
  output: string,
  multiplePx: number,
  builder: OnnxBuilder,
): void {
  if (multiplePx === 1) {
    builder.nodes.push({ opType: 'Identity', inputs: [value], outputs: [output], attributes: {} });
    return;
  }
  const size = builder.node('Shape', 'cut/size', [images], { start: 2 });
  const inputs = [value, builder.integers(0, 0), size, builder.integers(2, 3)];
  builder.nodes.push({ opType: 'Slice', inputs, outputs: [output], attributes: {} });
}
