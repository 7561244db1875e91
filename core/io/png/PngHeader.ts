import type { PixelType } from '#core/image/PixelType';
import { AxialError } from '#core/util/errors';

/** What the first chunk of a PNG says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly pixelType: Extract<PixelType, 'uint8' | 'uint16'>;
  readonly channels: number;
  /** Rows stand in seven passes, coarse to fine (Adam7), instead of top to bottom. */
  readonly interlaced: boolean;
}

/** A PNG that is cut off or contradicts itself. */
export function damagedPng(message: string): AxialError {
  return new AxialError('DamagedFileError', message, 'Copy the file again from where it was made.');
}
