import { depthOfFocusUm } from '#core/optics/fit/DepthTransfer';
import { LayeredSpecimen } from '#core/optics/fit/LayeredSpecimen';
import type { FittedPoints, PointsRequest } from './findPoints';
import { bestPair } from './bestPair';
import { excessPerSignal } from './excessPerSignal';
import { medianOf } from './medianOf';
import { noiseLevel } from './noiseLevel';
import { pointCandidates } from './pointCandidates';
import { chooseOptics, FIRST_OPTICS, OTHER_OPTICS } from './chooseOptics';
import { PointBox } from './PointBox';
import { BEYOND, PointOptics, type BallOptics } from './PointOptics';
import { PointCanvas, type PointPlane } from './PointCanvas';
import { PointPlanes, type Point, type RefinedPoint } from './PointPlanes';
import { samplePoints, USUAL_SWEEPS } from './samplePoints';
import { smoothLevel } from './smoothLevel';

/** A point stays when it explains this many standard deviations. */
const KEPT_SIGNIFICANCE = 4.5;

/** A field of this many points is not one of points, or one of so many on a square of a depth of focus. */
const MOST_POINTS = 500;
const MOST_PER_SQUARE = 0.16;

/** Gauss-Newton steps of a new point, of one in its turn, and with other optics. */
const FIRST_STEPS = 6;
const STEPS = 3;
const TRIAL_STEPS = 3;

/** How far beyond the planes points are looked for, in depths of focus. */
const DEPTHS_BEYOND = Array.from({ length: BEYOND }, (_, i) => i + 1);

/** Lengths in depths of focus: points of one round lie this far apart at least; points closer than that are one. */
const APART = 2.5;
const ONE_LATERALLY = 0.2;
const ONE_AXIALLY = 0.5;

/** A point that moves less has settled; one that lies nearer to another one that is new has not. */
const SETTLED = 0.02;
const DISTURBED = 8;

/** Weighted squares per pixel about a point, 1 for one that explains all, that make it be tried as a pair; see `split`. */
const SUSPECT_MISFIT = 2;

/** Backgrounds change over this length, in depths of focus. */
const BACKGROUND_SCALE = 14;

/** The optics are told by so many of the brightest points. */
const POINTS_TO_CHOOSE_BY = 24;

/** Those have to lie within the field and not further from the planes than this, in depths of focus. */
const BETWEEN = 1;

/** A point, and whether it stands where it explains most while its neighbours stay as they are. */
interface Found extends RefinedPoint {
  readonly hasSettled: boolean;
}

/** Points that explain some planes, found and moved step by step; see `findPoints`. */
export class PointSearch {
  private found: Found[] = [];
  private readonly request: PointsRequest;
  private readonly layered: LayeredSpecimen;
  private readonly canvas: PointCanvas;
  private readonly backgrounds: readonly Float32Array<ArrayBuffer>[];
  private readonly noise: readonly number[];
  private readonly focusUm: number;
  /** Where planes can tell of a point. */
  private readonly box: PointBox;
  private readonly optics: PointOptics;
  private chosen = FIRST_OPTICS;
  private on: PointPlanes;

  constructor(request: PointsRequest) {
    const { planes, zUm, width, height, pixelSizeUm, system, rangeUm } = request;
    const field = { width, height, pixelSizeUm, system, rangeUm };
    this.request = request;
    this.focusUm = depthOfFocusUm(system);
    this.box = new PointBox(field, BEYOND * this.focusUm);
    this.layered = new LayeredSpecimen(field, planes.length, { beyond: DEPTHS_BEYOND });
    this.optics = new PointOptics(field);
    this.noise = planes.map((plane) => noiseLevel(plane, request));
    this.backgrounds = planes.map((plane) => new Float32Array(plane.length).fill(medianOf(plane)));
    this.canvas = new PointCanvas(request, zUm, this.optics.spread(this.chosen));
    for (const [p, { rest, weights }] of this.planes.entries()) {
      const background = this.backgrounds[p]!;
      planes[p]!.forEach((value, i) => (rest[i] = value - background[i]!));
      weights.fill(1 / this.noise[p]! ** 2);
    }
    this.on = this.seenThrough(this.chosen);
  }

  private get planes(): readonly PointPlane[] {
    return this.canvas.planes;
  }

  get count(): number {
    return this.found.length;
  }

  private get mostPoints(): number {
    const { width, height, pixelSizeUm } = this.request;
    const squares = (width * height * pixelSizeUm.x * pixelSizeUm.y) / this.focusUm ** 2;
    return Math.max(MOST_POINTS, MOST_PER_SQUARE * squares);
  }

  /** Looks for further points in what has not been explained. */
  addPoints(): void {
    const apartPx = (APART * this.focusUm) / this.request.pixelSizeUm.x;
    const added: Point[] = [];
    for (const point of pointCandidates(this.layered, this.planes, this.on.spread)) {
      if (this.found.length + added.length >= this.mostPoints) break;
      if (added.every((other) => this.lateralPx(other, point) >= apartPx)) added.push(point);
    }
    for (const point of added) {
      this.disturb(point);
      this.keep(this.settled(point, FIRST_STEPS));
    }
  }

  /** Moves every point in turn; drops those that noise explains as well, joins those that cannot be told apart. */
  sweep(): void {
    const before = this.found.toSorted((a, b) => b.point.light - a.point.light);
    this.found = [];
    for (const one of before) {
      if (one.hasSettled) this.found.push(one);
      else this.moveInTurn(one.point);
    }
    this.level();
  }

  /** Tries two points where one leaves much unexplained: balls that touch would pass for a large one. */
  split(): void {
    for (const one of [...this.found]) {
      if (this.on.misfit(one.point) < SUSPECT_MISFIT) continue;
      this.on.add(one.point, 1);
      const pair = bestPair(this.on, one.point, this.focusUm);
      const isBetter = pair.explained > one.explained + KEPT_SIGNIFICANCE ** 2;
      const halves = pair.points.map((refined) => ({ ...refined, hasSettled: false }));
      const kept: readonly Found[] = isBetter ? halves : [one];
      for (const { point } of kept) this.on.add(point, -1);
      this.found = [...this.found.filter((other) => other !== one), ...kept];
    }
  }

  /** Takes the optics and the size of balls with which the brightest points explain most. */
  chooseOptics(): void {
    const between = new PointBox(this.request, BETWEEN * this.focusUm);
    const brightest = this.found
      .filter(({ point }) => between.contains(point))
      .toSorted((a, b) => b.explained - a.explained)
      .slice(0, POINTS_TO_CHOOSE_BY);
    // A single plane does not tell balls from the blur of smaller ones.
    if (brightest.length === 0 || this.planes.length < 2) return;
    const explained = (optics: BallOptics): number[] => this.explainedThrough(optics, brightest);
    // Optics that were chosen once are only improved on.
    const others = this.chosen === FIRST_OPTICS ? OTHER_OPTICS : [];
    this.change(chooseOptics([this.chosen, ...others], explained));
  }

  /** Where points are bright, what is left is more: light is counted, and the optics are not quite known. */
  weigh(): void {
    const { planes, request, backgrounds, noise } = this;
    for (const [p, { rest, weights }] of planes.entries()) {
      const variance = noise[p]! ** 2;
      const signal = rest.map((left, i) =>
        Math.max(0, request.planes[p]![i]! - backgrounds[p]![i]! - left),
      );
      const gain = excessPerSignal(rest, signal, variance);
      for (const [i, value] of signal.entries()) weights[i] = 1 / (variance + gain * value);
    }
  }

  /**
   * What was found, and arrangements that are as likely; nothing can be found after this.
   *
   * @param tell hears how far the arrangements are, 0 to 1
   */
  result(tell: (fraction: number) => void): FittedPoints {
    const { width, height, pixelSizeUm, system, rangeUm, zUm } = this.request;
    const points = this.found.map(({ point }) => point);
    const { on, focusUm, box } = this;
    const { sweeps = USUAL_SWEEPS } = this.request;
    const level = (): void => this.level();
    const drawn = samplePoints({ on, found: points, box, focusUm, sweeps, level }, tell);
    return {
      kind: 'points',
      field: { width, height, pixelSizeUm, system, rangeUm },
      ...{ points, drawn },
      spread: this.on.spread.table,
      optics: this.chosen,
      ...{ zUm, backgrounds: this.backgrounds },
    };
  }

  private moveInTurn(point: Point): void {
    this.on.add(point, 1);
    const moved = this.settled(point, STEPS);
    const twin = this.found.find((other) => this.isOneWith(other.point, moved.point));
    if (twin) {
      // The light of both goes to one of them.
      this.on.add(twin.point, 1);
      this.found = this.found.filter((other) => other !== twin);
      const { light } = twin.point;
      const joined = { ...twin.point, light: light + moved.point.light };
      this.keep(this.on.refine(joined, STEPS));
    } else {
      this.keep(
        moved,
        this.lateralPx(moved.point, point) < SETTLED && this.isLevel(moved.point, point),
      );
    }
  }

  /** Takes a point away from what has not been explained, if it explains more than noise does. */
  private keep(refined: RefinedPoint, hasSettled = false): void {
    const { explained, point } = refined;
    if (explained < KEPT_SIGNIFICANCE ** 2 || !this.box.contains(point)) return;
    this.on.add(point, -1);
    this.found.push({ ...refined, hasSettled });
  }

  /**
   * Refines a point, and what it would be on the other side of the nearest plane, and takes the one that explains
   * more: planes look alike above and below focus, so that steps do not lead across.
   */
  private settled(point: Point, steps: number): RefinedPoint {
    const here = this.on.refine(point, steps);
    const nearest = this.on.nearest(here.point);
    const mirrored = { ...here.point, zUm: 2 * nearest.zUm - here.point.zUm };
    const there = this.on.refine(mirrored, steps);
    return there.explained > here.explained ? there : here;
  }

  /** Points around a new one have to move again. */
  private disturb(point: Point): void {
    const reachPx = (DISTURBED * this.focusUm) / this.request.pixelSizeUm.x;
    this.found = this.found.map((one) =>
      this.lateralPx(one.point, point) < reachPx ? { ...one, hasSettled: false } : one,
    );
  }

  private isOneWith(one: Point, other: Point): boolean {
    const lateralUm = this.lateralPx(one, other) * this.request.pixelSizeUm.x;
    const axialUm = Math.abs(one.zUm - other.zUm);
    return lateralUm < ONE_LATERALLY * this.focusUm && axialUm < ONE_AXIALLY * this.focusUm;
  }

  private isLevel(one: Point, other: Point): boolean {
    return Math.abs(one.zUm - other.zUm) < SETTLED * this.focusUm;
  }

  private lateralPx(one: Point, other: Point): number {
    return Math.hypot(one.xPx - other.xPx, (one.yPx - other.yPx) * this.on.spread.aspect);
  }

  /** What changes slowly in what is left is background. */
  private level(): void {
    const scalePx = (BACKGROUND_SCALE * this.focusUm) / this.request.pixelSizeUm.x;
    for (const [p, { rest }] of this.planes.entries()) {
      const change = smoothLevel(rest, this.request, scalePx);
      const background = this.backgrounds[p]!;
      for (let i = 0; i < rest.length; i++) {
        rest[i] = rest[i]! - change[i]!;
        background[i] = background[i]! + change[i]!;
      }
    }
  }

  private seenThrough(optics: BallOptics): PointPlanes {
    return new PointPlanes(this.optics.spread(optics), this.canvas, this.focusUm);
  }

  /** How much each of some points explains through other optics, where it moves a little. */
  private explainedThrough(optics: BallOptics, points: readonly Found[]): number[] {
    const on = this.seenThrough(optics);
    return points.map(({ point }) => {
      this.on.add(point, 1);
      const { explained } = on.refine(point, TRIAL_STEPS);
      this.on.add(point, -1);
      return explained;
    });
  }

  private change(optics: BallOptics): void {
    for (const { point } of this.found) this.on.add(point, 1);
    this.chosen = optics;
    this.on = this.seenThrough(optics);
    for (const { point } of this.found) this.on.add(point, -1);
    this.found = this.found.map((one) => ({ ...one, hasSettled: false }));
  }
}
