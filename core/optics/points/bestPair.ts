import type { Point, PointPlanes, RefinedPoint } from './PointPlanes';

/** How far apart two points begin, in depths of focus, how often each is moved, and by how many steps. */
const APART = 0.5;
const TURNS = 4;
const STEPS = 3;

/** Two points, and how much they explain together, in variances. */
export interface PointPair {
  readonly points: readonly RefinedPoint[];
  readonly explained: number;
}

/**
 * The two points about one place that explain most together: side by side, one behind the other, or one above the
 * other.
 *
 * @param on planes of which the one point has not been taken away; they are left as they are
 * @param focusUm depth of focus
 */
export function bestPair(on: PointPlanes, one: Point, focusUm: number): PointPair {
  const apartUm = APART * focusUm;
  const [xUm, yUm] = on.spread.table.pixelSizeUm;
  const directions = [
    { xPx: apartUm / xUm, yPx: 0, zUm: 0 },
    { xPx: 0, yPx: apartUm / yUm, zUm: 0 },
    { xPx: 0, yPx: 0, zUm: apartUm },
  ];
  const pairs = directions.map(({ xPx, yPx, zUm }) => {
    const half = (sign: number): Point => ({
      ...{ xPx: one.xPx + (sign * xPx) / 2, yPx: one.yPx + (sign * yPx) / 2 },
      ...{ zUm: one.zUm + (sign * zUm) / 2, light: one.light / 2 },
    });
    return pairOf(on, half(1), half(-1));
  });
  return pairs.reduce((a, b) => (b.explained > a.explained ? b : a));
}

/** Moves two points in turns. */
function pairOf(on: PointPlanes, one: Point, other: Point): PointPair {
  let [first, second] = [one, other];
  for (let turn = 0; turn < TURNS; turn++) {
    first = beside(on, second, () => on.refine(first, STEPS)).point;
    second = beside(on, first, () => on.refine(second, STEPS)).point;
  }
  const alone = on.refine(first, 0);
  const points = [
    beside(on, second, () => on.refine(first, 0)),
    beside(on, first, () => on.refine(second, 0)),
  ];
  return { points, explained: alone.explained + points[1]!.explained };
}

/** Does something while a point is taken away. */
function beside<T>(on: PointPlanes, point: Point, work: () => T): T {
  on.add(point, -1);
  const result = work();
  on.add(point, 1);
  return result;
}
