import type { Calibration } from '#core/image/Calibration';
import type { StackShape, ValueMapping } from '#core/image/ImageStack';

/** More channels than this cannot be shown as one composite in ImageJ. */
const MOST_COMPOSITE_CHANNELS = 7;

/**
 * Prints the ImageDescription of an ImageJ TIFF. Lengths are in micrometres; a z step that is not known
 * is left out, and so is the unit when no length at all is known. Positions that are not uniform
 * give their mean distance.
 *
 * @param shape shape (t, c, z, y, x) of the stack
 */
export function printImageJDescription(
  shape: StackShape,
  calibration: Calibration,
  valueMapping: ValueMapping | null,
): string {
  const { pixelSizeUm, zPositionsUm } = calibration;
  const spacingUm = pixelSizeUm.z ?? meanDistance(zPositionsUm);
  const hasLength = [pixelSizeUm.x, pixelSizeUm.y, spacingUm].some((length) => length !== null);
  const lines = ['ImageJ=1.54f'];
  const add = (key: string, value: string | number | null): void => {
    if (value !== null) lines.push(`${key}=${value}`);
  };
  const images = shape.t * shape.c * shape.z;
  const longAxes = [shape.t, shape.c, shape.z].filter((size) => size > 1).length;
  if (images > 1) add('images', images);
  if (shape.c > 1) add('channels', shape.c);
  if (shape.z > 1) add('slices', shape.z);
  if (shape.t > 1) add('frames', shape.t);
  if (longAxes > 1 || shape.c > 1) add('hyperstack', 'true');
  if (shape.c > 1) add('mode', shape.c <= MOST_COMPOSITE_CHANNELS ? 'composite' : 'grayscale');
  if (hasLength) add('unit', 'um');
  add('spacing', spacingUm);
  add('finterval', calibration.timeStepS);
  if (valueMapping) {
    add('cf', 0);
    add('c0', valueMapping.offset);
    add('c1', valueMapping.scale);
    add('vunit', 'value');
  }
  add('loop', 'false');
  return `${lines.join('\n')}\n`;
}

function meanDistance(positionsUm: readonly number[] | null): number | null {
  if (positionsUm === null || positionsUm.length < 2) return null;
  const mean = Math.abs((positionsUm.at(-1) ?? 0) - positionsUm[0]) / (positionsUm.length - 1);
  return mean > 0 ? mean : null;
}
