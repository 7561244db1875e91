import type { PointCanvas, PointPlane } from './PointCanvas';
import { NormalEquations } from './NormalEquations';
import type { PointSpread } from './PointSpread';
import { StepDistribution } from './StepDistribution';

/** A ball of light. */
export interface Point {
  /** Its centre, in pixels from the middle of the first pixel. */
  readonly xPx: number;
  readonly yPx: number;
  readonly zUm: number;
  /** Its light on all pixels of a plane, in the unit of the planes. */
  readonly light: number;
}

/** A point that was moved, and by how much the weighted squares of what is left fall with it. */
export interface RefinedPoint {
  readonly point: Point;
  readonly explained: number;
}

/** What is close about a point, in depths of focus. */
const CLOSE = 1;

/** Changes with height are found over this, in depths of focus. */
const DERIVATIVE_STEP = 0.05;

/** A step goes this far at most: pixels and depths of focus; light falls to this share at most. */
const MOST_STEP_PX = 1;
const MOST_STEP = 0.4;
const LEAST_LIGHT_SHARE = 0.2;

/** The first damping, and what follows a step that made things worse. */
const DAMPINGS = [1e-3, 0.13, 4, 120];

/** Steps end when they explain less than this more, in variances. */
const LEAST_GAIN = 0.01;

/**
 * Planes, and what balls of light look like on them: takes balls away from what has not been explained, and moves
 * each to where it explains most (damped Gauss-Newton steps).
 */
export class PointPlanes {
  readonly spread: PointSpread;
  private readonly canvas: PointCanvas;
  private readonly focusUm: number;

  /**
   * @param canvas planes, with room for profiles of the spread
   * @param focusUm depth of focus
   */
  constructor(spread: PointSpread, canvas: PointCanvas, focusUm: number) {
    this.spread = spread;
    this.canvas = canvas;
    this.focusUm = focusUm;
  }

  /** Adds what a point looks like, times a factor, to what has not been explained of every plane. */
  add({ xPx, yPx, zUm: pointUm, light }: Point, factor: number): void {
    const { spread, canvas } = this;
    const spot = { xPx, yPx, radiusPx: spread.mostRadiusPx, light: factor * light };
    for (const [p, { zUm }] of canvas.planes.entries()) {
      spread.profile(zUm - pointUm, canvas.profile);
      canvas.add(p, spot);
    }
  }

  /** What comes of adding points and taking some away, after which everything is as it was. */
  trying<T>(work: () => T): T {
    const before = this.canvas.planes.map(({ rest }) => rest.slice());
    const result = work();
    this.canvas.planes.forEach(({ rest }, p) => rest.set(before[p]!));
    return result;
  }

  /** Moves a point that is not taken away at the moment to where it explains most. */
  refine(point: Point, steps: number): RefinedPoint {
    let best = { point, equations: this.equations(point) };
    for (let step = 0; step < steps; step++) {
      const next = this.better(best.point, best.equations);
      if (!next) break;
      const gain = next.equations.explained - best.equations.explained;
      best = next;
      if (gain < LEAST_GAIN) break;
    }
    return { point: best.point, explained: best.equations.explained };
  }

  /** By how much the weighted squares of what is left fall with a point that is not taken away. */
  explained({ xPx, yPx, zUm: pointUm, light }: Point): number {
    const { spread, canvas } = this;
    let sum = 0;
    for (const [p, { zUm }] of canvas.planes.entries()) {
      const distanceUm = zUm - pointUm;
      spread.profile(distanceUm, canvas.profile);
      const radiusPx = this.tellingRadiusPx(distanceUm);
      sum += canvas.explained(p, { xPx, yPx, radiusPx, light });
    }
    return sum;
  }

  /** What steps leave what a point explains about as it is. */
  steps(point: Point): StepDistribution {
    return new StepDistribution(this.equations(point).matrix());
  }

  /** Mean weighted square of what is left close about a point that is taken away, on the plane nearest to it. */
  misfit(point: Point): number {
    const { rest, weights } = this.nearest(point);
    const { width, height } = this.canvas.size;
    const { table, aspect } = this.spread;
    const radiusPx = (CLOSE * this.focusUm) / table.pixelSizeUm[0];
    const reach = Math.ceil(radiusPx);
    const [column, row] = [Math.round(point.xPx), Math.round(point.yPx)];
    let [sum, count] = [0, 0];
    for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(width - 1, column + reach); x++) {
        if (Math.hypot(x - point.xPx, (y - point.yPx) * aspect) > radiusPx) continue;
        sum += weights[y * width + x]! * rest[y * width + x]! ** 2;
        count++;
      }
    }
    return count > 0 ? sum / count : 0;
  }

  /** The plane nearest to a point; the first of two that are as near. */
  nearest({ zUm }: Point): PointPlane {
    const distance = (plane: PointPlane): number => Math.abs(plane.zUm - zUm);
    return this.canvas.planes.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  }

  private better(point: Point, equations: NormalEquations) {
    for (const damping of DAMPINGS) {
      const next = this.moved(point, equations.step(damping));
      const after = this.equations(next);
      if (after.explained >= equations.explained) return { point: next, equations: after };
    }
    return null;
  }

  private moved({ xPx, yPx, zUm, light }: Point, step: Float64Array): Point {
    const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
    return {
      xPx: xPx + within(step[0]!, MOST_STEP_PX),
      yPx: yPx + within(step[1]!, MOST_STEP_PX),
      zUm: zUm + within(step[2]!, MOST_STEP * this.focusUm),
      light: Math.max(LEAST_LIGHT_SHARE * light, light + step[3]!),
    };
  }

  private equations({ xPx, yPx, zUm: pointUm, light }: Point): NormalEquations {
    const { spread, focusUm, canvas } = this;
    const deltaUm = DERIVATIVE_STEP * focusUm;
    canvas.sums.fill(0);
    for (const [p, { zUm }] of canvas.planes.entries()) {
      const distanceUm = zUm - pointUm;
      spread.profile(distanceUm, canvas.profile);
      spread.profile(distanceUm - deltaUm, canvas.above);
      const radiusPx = this.tellingRadiusPx(distanceUm);
      canvas.addEquations(p, { xPx, yPx, radiusPx, light }, deltaUm);
    }
    return new NormalEquations(canvas.sums.slice());
  }

  /** Within this distance lies what tells of a point that far below a plane, wherever it moves in a step. */
  private tellingRadiusPx(distanceUm: number): number {
    return this.spread.radiusPx(distanceUm + Math.sign(distanceUm) * this.focusUm);
  }
}
