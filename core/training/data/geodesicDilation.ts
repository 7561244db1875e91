/**
 * Grows a marker inside a mask: a pixel of the mask belongs to the result when it can be reached from
 * the marker in at most `steps` steps to one of the eight neighbours, without leaving the mask.
 *
 * @param marker 1 where the growth begins, else 0; row-major (y, x); pixels outside the mask are left out
 * @param mask 1 where growth is allowed, else 0
 * @param width number of columns
 * @param steps how many steps, in pixels
 * @returns 1 where the grown marker is, else 0
 * @throws RangeError when the sizes differ
 * @see Vincent L., IEEE Trans. Image Processing 2, 1993, doi:10.1109/83.217222
 */
export function geodesicDilation(
  marker: Uint8Array,
  mask: Uint8Array,
  width: number,
  steps: number,
): Uint8Array<ArrayBuffer> {
  if (marker.length !== mask.length) throw new RangeError('Marker and mask differ in size.');
  const grown = Uint8Array.from(marker, (value, i) => (value !== 0 && mask[i] !== 0 ? 1 : 0));
  let front = placesOf(grown);
  for (let step = 0; step < steps && front.length > 0; step++) {
    const next: number[] = [];
    for (const place of front) growFrom(place, grown, mask, width, next);
    front = next;
  }
  return grown;
}

function placesOf(values: Uint8Array): number[] {
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) places.push(i);
  return places;
}

/** Takes the free neighbours of a place and notes them. */
function growFrom(
  place: number,
  grown: Uint8Array,
  mask: Uint8Array,
  width: number,
  taken: number[],
): void {
  const x = place % width;
  for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
    for (const row of [-width, 0, width]) {
      const neighbour = place + row + dx;
      if (neighbour < 0 || neighbour >= grown.length) continue;
      if (grown[neighbour] !== 0 || mask[neighbour] === 0) continue;
      grown[neighbour] = 1;
      taken.push(neighbour);
    }
  }
}
