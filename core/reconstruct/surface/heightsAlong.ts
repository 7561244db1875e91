/** The field of view that a surface covers. */
export interface SurfaceField {
  readonly width: number;
  readonly height: number;
  /** Distance of neighbouring pixels in micrometres, along x and y. */
  readonly pixelSizeUm: { readonly x: number; readonly y: number };
}

/** How a surface lies in the field. */
export interface SurfacePlacement {
  /** Height in micrometres at the centre of the field, before the relief is added. */
  readonly heightUm: number;
  /** Direction in which the height changes, in degrees from the x axis towards the y axis. */
  readonly directionDeg: number;
}

/**
 * Heights of a surface that changes along one direction only.
 *
 * @param relief micrometres above `heightUm` at a distance in micrometres from the centre of the field
 * @returns heights in micrometres, row-major (y, x)
 */
export function heightsAlong(
  { width, height, pixelSizeUm }: SurfaceField,
  { heightUm, directionDeg }: SurfacePlacement,
  relief: (distanceUm: number) => number,
): Float32Array<ArrayBuffer> {
  const angle = (directionDeg * Math.PI) / 180;
  const stepX = Math.cos(angle) * pixelSizeUm.x;
  const stepY = Math.sin(angle) * pixelSizeUm.y;
  const heights = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const rowUm = (y - (height - 1) / 2) * stepY;
    for (let x = 0; x < width; x++) {
      heights[y * width + x] = heightUm + relief(rowUm + (x - (width - 1) / 2) * stepX);
    }
  }
  return heights;
}
