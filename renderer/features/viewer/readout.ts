import type { DocumentSummary, PlanePixels } from '#core/command/engineApi';
import { formatValue } from '#renderer/components/format';

/**
 * Place and value under an image point: micrometres where they are known, pixels, and the value
 * that was measured, also when integers stand for it. Empty outside the image.
 */
export function readout(
  { shape, calibration, valueMapping, pixelType }: DocumentSummary,
  { width, height, pixels }: PlanePixels,
  point: { readonly x: number; readonly y: number },
): string {
  const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
  if (x < 0 || y < 0 || x >= shape.x || y >= shape.y) return '';
  const column = Math.floor((x * width) / shape.x);
  const row = Math.floor((y * height) / shape.y);
  const stored = pixels[row * width + column] ?? NaN;
  const value = valueMapping ? stored * valueMapping.scale + valueMapping.offset : stored;
  const { x: sizeX, y: sizeY } = calibration.pixelSizeUm;
  const place =
    sizeX !== null && sizeY !== null
      ? `x ${(x * sizeX).toFixed(2)}  y ${(y * sizeY).toFixed(2)} µm   `
      : '';
  return `${place}(${x}, ${y})   ${formatValue(value, valueMapping ? 'float32' : pixelType)}`;
}
