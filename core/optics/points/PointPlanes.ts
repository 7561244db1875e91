import type { LevelSize } from '#core/image/PlaneSource';
import { NormalEquations, type PointRow } from './NormalEquations';
import { ENTRIES_PER_PX } from './pointSpreadTable';
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

/** A plane with what has not been explained of it yet. */
export interface PointPlane {
  readonly zUm: number;
  /** Row-major (y, x). */
  readonly rest: Float32Array<ArrayBuffer>;
  /** One over the variance of each pixel. */
  readonly weights: Float32Array<ArrayBuffer>;
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
  private readonly size: LevelSize;
  private readonly planes: readonly PointPlane[];
  private readonly focusUm: number;
  private readonly at: Float32Array;
  private readonly above: Float32Array;

  /** @param focusUm depth of focus */
  constructor(
    spread: PointSpread,
    size: LevelSize,
    planes: readonly PointPlane[],
    focusUm: number,
  ) {
    this.spread = spread;
    this.size = size;
    this.planes = planes;
    this.focusUm = focusUm;
    this.at = spread.newProfile();
    this.above = spread.newProfile();
  }

  /** Adds what a point looks like, times a factor, to what has not been explained of every plane. */
  add(point: Point, factor: number): void {
    for (const { rest, zUm } of this.planes) this.addTo(rest, zUm, point, factor);
  }

  /** Adds what a point looks like at a height, times a factor, to a plane. */
  addTo(plane: Float32Array, zUm: number, point: Point, factor = 1): void {
    const { spread, at } = this;
    spread.profile(zUm - point.zUm, at);
    const amount = point.light * factor;
    for (const { dyPx, start, from, to } of this.rows(point, spread.mostRadiusPx)) {
      for (let x = from; x < to; x++) {
        const r = Math.sqrt(dyPx * dyPx + (x - point.xPx) ** 2) * ENTRIES_PER_PX;
        const i = r | 0;
        const value = at[i]! + (r - i) * (at[i + 1]! - at[i]!);
        plane[start + x] = plane[start + x]! + amount * value;
      }
    }
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
  explained(point: Point): number {
    const { spread, at } = this;
    let sum = 0;
    for (const plane of this.planes) {
      const distanceUm = plane.zUm - point.zUm;
      spread.profile(distanceUm, at);
      for (const row of this.rows(point, this.tellingRadiusPx(distanceUm))) {
        sum += explainedByRow(plane, point, row, at);
      }
    }
    return sum;
  }

  /** What steps leave what a point explains about as it is. */
  steps(point: Point): StepDistribution {
    return new StepDistribution(this.equations(point).matrix());
  }

  /** Mean weighted square of what is left close about a point that is taken away, on the plane nearest to it. */
  misfit(point: Point): number {
    const nearest = this.nearest(point);
    let [sum, count] = [0, 0];
    const radiusPx = (CLOSE * this.focusUm) / this.spread.table.pixelSizeUm[0];
    for (const { start, from, to } of this.rows(point, radiusPx)) {
      for (let i = start + from; i < start + to; i++) {
        sum += nearest.weights[i]! * nearest.rest[i]! ** 2;
        count++;
      }
    }
    return count > 0 ? sum / count : 0;
  }

  /** The plane nearest to a point; the first of two that are as near. */
  nearest({ zUm }: Point): PointPlane {
    const distance = (plane: PointPlane): number => Math.abs(plane.zUm - zUm);
    return this.planes.reduce((a, b) => (distance(b) < distance(a) ? b : a));
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

  private equations(point: Point): NormalEquations {
    const { spread, focusUm, at, above } = this;
    const equations = new NormalEquations(spread.aspect);
    const deltaUm = DERIVATIVE_STEP * focusUm;
    for (const plane of this.planes) {
      const distanceUm = plane.zUm - point.zUm;
      spread.profile(distanceUm, at);
      spread.profile(distanceUm - deltaUm, above);
      for (const row of this.rows(point, this.tellingRadiusPx(distanceUm))) {
        equations.addRow(plane, point, row, { at, above, deltaUm });
      }
    }
    return equations;
  }

  /** Within this distance lies what tells of a point that far below a plane, wherever it moves in a step. */
  private tellingRadiusPx(distanceUm: number): number {
    return this.spread.radiusPx(distanceUm + Math.sign(distanceUm) * this.focusUm);
  }

  /** The parts of rows within a distance of a point, in pixels along x. */
  private rows({ xPx, yPx }: Point, radius: number): PointRow[] {
    const { width, height } = this.size;
    const { aspect } = this.spread;
    const rows: PointRow[] = [];
    const bottom = Math.min(height - 1, Math.floor(yPx + radius / aspect));
    for (let y = Math.max(0, Math.ceil(yPx - radius / aspect)); y <= bottom; y++) {
      const dyPx = (y - yPx) * aspect;
      const half = Math.sqrt(Math.max(0, radius ** 2 - dyPx ** 2));
      const from = Math.max(0, Math.ceil(xPx - half));
      const to = Math.min(width, Math.floor(xPx + half) + 1);
      if (from < to) rows.push({ dyPx, start: y * width, from, to });
    }
    return rows;
  }
}

/** By how much the weighted squares of a row fall with a point. Everything is local: this is where a chain spends its time. */
function explainedByRow(
  { rest, weights }: PointPlane,
  { xPx, light }: Point,
  { dyPx, start, from, to }: PointRow,
  at: Float32Array,
): number {
  let sum = 0;
  for (let x = from; x < to; x++) {
    const dx = x - xPx;
    const r = Math.sqrt(dyPx * dyPx + dx * dx) * ENTRIES_PER_PX;
    const i = r | 0;
    const value = light * (at[i]! + (r - i) * (at[i + 1]! - at[i]!));
    sum += weights[start + x]! * value * (2 * rest[start + x]! - value);
  }
  return sum;
}
