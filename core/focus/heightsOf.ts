import type { Plane } from '#core/image/Plane';
import type { EdfResult } from './EdfResult';

/** The heights of a fusion as plane numbers from 0, with fractions where the method knows them. */
export function heightsOf({ surface, heightMap }: EdfResult): Plane {
  if (surface) return surface;
  const { width, height, data } = heightMap;
  return { width, height, data: new Float32Array(data) };
}
