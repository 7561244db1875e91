import type { PixelArray } from '#core/image/PixelType';
import type { Plane } from '#core/image/Plane';

/** A plane in the numbers that it is stored in, row-major (y, x); every `Plane` is one. */
export interface StoredPlane {
  readonly width: number;
  readonly height: number;
  readonly data: PixelArray;
}

/** The plane in working precision; one that has it stays as it is. */
export function workingPlane({ width, height, data }: StoredPlane): Plane {
  return {
    width,
    height,
    data: data instanceof Float32Array ? data : singles(data),
  };
}

/** Rows from `top` on to before `bottom`, copied, in working precision. */
export function rowsOf({ width, data }: StoredPlane, top: number, bottom: number): Plane {
  const rows = data.subarray(top * width, bottom * width);
  return { width, height: bottom - top, data: singles(rows) };
}

/** Setting converts several times faster than the constructor does. */
function singles(data: PixelArray): Float32Array<ArrayBuffer> {
  const values = new Float32Array(data.length);
  values.set(data);
  return values;
}
