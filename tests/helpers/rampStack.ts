import { unknownCalibration } from '#core/image/Calibration';
import type { Calibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack, StackShape } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { allocatePixels } from '#core/image/PixelType';
import type { PixelArray, PixelType } from '#core/image/PixelType';

/** A calibration in which everything is known. */
export function fullCalibration(channelNames: readonly string[]): Calibration {
  return {
    ...unknownCalibration(0),
    pixelSizeUm: { x: 0.0645, y: 0.1032, z: 0.2 },
    timeStepS: 1.5,
    channels: channelNames.map((name, i) => ({
      name,
      excitationNm: 405 + 83 * i,
      emissionNm: 461 + 48 * i,
    })),
    objective: { numericalAperture: 1.4, magnification: 63, immersionIndex: 1.518 },
  };
}

/** Sample `i` of plane `page`, over the whole range of the type, with a smooth part and a rough one. */
function sample(pixelType: PixelType, page: number, i: number): number {
  const rough = ((page * 7919 + i) * 2654435761) >>> 0;
  if (pixelType === 'uint8') return rough >>> 24;
  if (pixelType === 'uint16') return ((rough >>> 20) + page * 4001 + i) & 0xffff;
  return (rough / 2 ** 32 - 0.5) * 10 ** ((i % 13) - 6);
}

/** A stack in memory whose samples all differ in place and nearly all in value. */
export function rampStack(
  shape: StackShape,
  pixelType: PixelType,
  changes: Partial<ImageStack> = {},
): ImageStack & { readonly planes: readonly PixelArray[] } {
  const planes = Array.from({ length: shape.t * shape.c * shape.z }, (_, page) => {
    const pixels = allocatePixels(pixelType, shape.y * shape.x);
    for (let i = 0; i < pixels.length; i++) pixels[i] = sample(pixelType, page, i);
    return pixels;
  });
  return {
    name: 'ramp.tif',
    shape,
    pixelType,
    calibration: unknownCalibration(shape.c),
    history: EMPTY_HISTORY,
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(shape, planes),
    ...changes,
    planes,
  };
}
