import type { Plane } from '#core/image/Plane';
import type { Normalisation } from './Normalisation';

/** The two figures that undo and redo a normalisation. */
export type OffsetAndScale = Pick<Normalisation, 'offset' | 'scale'>;

/** The normalised plane, (value - offset) / scale; nothing is clipped. */
export function applyNormalisation(plane: Plane, { offset, scale }: OffsetAndScale): Plane {
  const data = new Float32Array(plane.data.length);
  for (let i = 0; i < data.length; i++) data[i] = (plane.data[i] - offset) / scale;
  return { width: plane.width, height: plane.height, data };
}

/** The plane in original grey levels, value * scale + offset; undoes `applyNormalisation`. */
export function undoNormalisation(plane: Plane, { offset, scale }: OffsetAndScale): Plane {
  const data = new Float32Array(plane.data.length);
  for (let i = 0; i < data.length; i++) data[i] = plane.data[i] * scale + offset;
  return { width: plane.width, height: plane.height, data };
}
