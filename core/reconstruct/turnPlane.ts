/** Size of a plane in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** The eight ways in which a plane can lie: mirrored along x (1), along y (2), transposed (4), or several. */
export const PLANE_TURNS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** One of `PLANE_TURNS`. */
export type PlaneTurn = (typeof PLANE_TURNS)[number];

/** The size of a plane once it is turned. */
export function turnedSize({ width, height }: Size, turn: PlaneTurn): Size {
  return turn >= 4 ? { width: height, height: width } : { width, height };
}

/**
 * Mirrors and transposes a plane: the flips and quarter turns of the square.
 *
 * @param data row-major (y, x), of `size`
 * @returns row-major (y, x), of `turnedSize`
 */
export function turnPlane(
  data: Float32Array,
  size: Size,
  turn: PlaneTurn,
): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(data.length);
  eachPixel(size, turn, (to, from) => (turned[to] = data[from] ?? 0));
  return turned;
}

/**
 * Undoes `turnPlane`.
 *
 * @param data row-major (y, x), of `turnedSize`
 * @param size of the plane before it was turned
 */
export function turnPlaneBack(
  data: Float32Array,
  size: Size,
  turn: PlaneTurn,
): Float32Array<ArrayBuffer> {
  const plane = new Float32Array(data.length);
  eachPixel(size, turn, (from, to) => (plane[to] = data[from] ?? 0));
  return plane;
}

function eachPixel(
  { width, height }: Size,
  turn: PlaneTurn,
  visit: (turned: number, plain: number) => void,
): void {
  const lies = turnedSize({ width, height }, turn);
  let place = 0;
  for (let y = 0; y < lies.height; y++) {
    for (let x = 0; x < lies.width; x++) {
      const [u, v] = turn >= 4 ? [y, x] : [x, y];
      const column = turn & 1 ? width - 1 - u : u;
      const row = turn & 2 ? height - 1 - v : v;
      visit(place++, row * width + column);
    }
  }
}
