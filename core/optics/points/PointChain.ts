import type { Random } from '#core/util/random';
import type { Point, PointPlanes } from './PointPlanes';
import type { PointPrior } from './PointPrior';
import type { StepDistribution } from './StepDistribution';

/** Steps of a point in its turn, some long, some short, in standard deviations. */
const WALKS = 3;
const LENGTHS = [1, 0.3];

/** How often a point tries the other side of the nearest plane in its turn. */
const MIRRORS = 0.4;

/** How many are tried in a sweep for each point: one as two or two as one; one more or one less. */
const PARTINGS = 0.2;
const COMINGS = 0.3;

/** How far apart two points lie that were one: standard deviations in depths of focus; further ones are no pair. */
const APART_LATERALLY = 0.6;
const APART_AXIALLY = 1.5;
const MOST_APART = 3;

/** After so many turns it is found anew what steps suit a point. */
const TURNS_KEPT = 12;

/** A point and what steps suit it. */
interface Walker {
  readonly point: Point;
  readonly steps: StepDistribution | null;
  readonly turns: number;
}

/**
 * Arrangements of balls of light, each drawn as often as it is likely when planes have been seen: a reversible-jump
 * Markov chain (Green 1995, doi:10.1093/biomet/82.4.711). Points walk (Metropolis et al. 1953,
 * doi:10.1063/1.1699114), change sides of a plane, part and join, come and go.
 */
export class PointChain {
  private walkers: Walker[];
  private temperature = 1;
  private readonly on: PointPlanes;
  private readonly prior: PointPrior;
  private readonly random: Random;
  /** Standard deviations of how far apart points are that part: pixels along x and y, micrometres. */
  private readonly apart: readonly [number, number, number];

  /**
   * @param on planes of which the points have been taken away; they stay so
   * @param points where the chain begins
   */
  constructor(
    on: PointPlanes,
    points: readonly Point[],
    { prior, random, focusUm }: { prior: PointPrior; random: Random; focusUm: number },
  ) {
    const [xUm, yUm] = on.spread.table.pixelSizeUm;
    const laterallyUm = APART_LATERALLY * focusUm;
    this.on = on;
    this.walkers = points.map(newWalker);
    this.prior = prior;
    this.random = random;
    this.apart = [laterallyUm / xUm, laterallyUm / yUm, APART_AXIALLY * focusUm];
  }

  get points(): readonly Point[] {
    return this.walkers.map(({ point }) => point);
  }

  /**
   * Gives every point a turn on average, and tries other numbers of points.
   *
   * @param temperature squares count by this less than their weights say
   */
  sweep(temperature: number): void {
    const { random } = this;
    this.temperature = temperature;
    const count = this.walkers.length;
    for (let turn = 0; turn < count; turn++) this.walk(random.below(count));
    // Were these as many as there are points now, larger arrangements would be left sooner than is their due.
    const tries = this.prior.expected;
    for (let i = Math.ceil(PARTINGS * tries); i > 0; i--) {
      if (random.uniform() < 0.5) this.part();
      else this.join();
    }
    for (let i = Math.ceil(COMINGS * tries); i > 0; i--) {
      if (random.uniform() < 0.5) this.appear();
      else this.vanish();
    }
  }

  private walk(index: number): void {
    const { on, random } = this;
    const { point: from, steps: known, turns } = this.walkers[index]!;
    on.add(from, 1);
    const steps = known ?? on.steps(from);
    let [point, explained] = [from, on.explained(from)];
    const go = (next: Point): void => {
      if (next.light <= 0 || !this.prior.contains(next)) return;
      const after = on.explained(next);
      const { prior } = this;
      const change = prior.logLight(next.light) - prior.logLight(point.light);
      if (this.accepts(after - explained, change)) [point, explained] = [next, after];
    };
    for (let i = 0; i < WALKS; i++) {
      const length = LENGTHS[random.below(LENGTHS.length)]! * Math.sqrt(this.temperature);
      go(moved(point, steps.draw(random, length)));
    }
    if (random.uniform() < MIRRORS) go({ ...point, zUm: 2 * on.nearest(point).zUm - point.zUm });
    on.add(point, -1);
    const isKept = turns + 1 < TURNS_KEPT;
    this.walkers[index] = { point, steps: isKept ? steps : null, turns: isKept ? turns + 1 : 0 };
  }

  /** Tries two points in place of one, with its light and its centre. */
  private part(): void {
    const { on, random, prior, walkers } = this;
    if (walkers.length === 0) return;
    const index = random.below(walkers.length);
    const { point } = walkers[index]!;
    const [share, apart] = [random.uniform(), this.apart.map((sigma) => sigma * random.normal())];
    const one = beside(point, apart, 1 - share, share);
    const other = beside(point, apart, -share, 1 - share);
    if (share === 0 || !prior.contains(one) || !prior.contains(other)) return;
    const rest = walkers.filter((_, i) => i !== index);
    const parted = [...rest, newWalker(one), newWalker(other)];
    const pairing = this.pairing(parted, parted.length - 2, parted.length - 1);
    if (pairing === 0) return;
    on.add(point, 1);
    const before = on.explained(point);
    const after = this.explainedByBoth(one, other);
    if (this.accepts(after - before, this.forParting(point, one, other, pairing, walkers.length))) {
      on.add(one, -1);
      on.add(other, -1);
      this.walkers = parted;
    } else on.add(point, -1);
  }

  /** Tries one point in place of two that are near each other: `part` backwards. */
  private join(): void {
    const { on, random, walkers } = this;
    if (walkers.length < 2) return;
    const index = random.below(walkers.length);
    const partners = this.partners(walkers, index);
    if (partners.length === 0) return;
    const partner = partners[random.below(partners.length)]!;
    const [one, other] = [walkers[index]!.point, walkers[partner]!.point];
    const joined = centre(one, other);
    const pairing = this.pairing(walkers, index, partner);
    on.add(one, 1);
    on.add(other, 1);
    const before = this.explainedByBoth(one, other);
    const after = on.explained(joined);
    const change = -this.forParting(joined, one, other, pairing, walkers.length - 1);
    if (this.accepts(after - before, change)) {
      on.add(joined, -1);
      this.walkers = [...walkers.filter((_, i) => i !== index && i !== partner), newWalker(joined)];
    } else {
      on.add(one, -1);
      on.add(other, -1);
    }
  }

  private appear(): void {
    const { on, prior, walkers } = this;
    const point = prior.draw(this.random);
    const change = Math.log(prior.expected / (walkers.length + 1));
    if (!this.accepts(on.explained(point), change)) return;
    on.add(point, -1);
    walkers.push(newWalker(point));
  }

  private vanish(): void {
    const { on, prior, walkers } = this;
    if (walkers.length === 0) return;
    const index = this.random.below(walkers.length);
    const { point } = walkers[index]!;
    on.add(point, 1);
    const change = Math.log(walkers.length / prior.expected);
    if (this.accepts(-on.explained(point), change)) walkers.splice(index, 1);
    else on.add(point, -1);
  }

  /**
   * @param gain what is explained more, in variances
   * @param change logarithm of the ratio of everything else: prior densities and how a move and its reverse are drawn
   */
  private accepts(gain: number, change: number): boolean {
    const logRatio = gain / (2 * this.temperature) + change;
    return logRatio >= 0 || Math.log(this.random.uniform()) < logRatio;
  }

  /** What two points explain that are not taken away, one after the other. */
  private explainedByBoth(one: Point, other: Point): number {
    const { on } = this;
    const first = on.explained(one);
    on.add(one, -1);
    const second = on.explained(other);
    on.add(one, 1);
    return first + second;
  }

  /** Logarithm of everything but the squares that speaks for parting a point of so many. */
  private forParting(
    point: Point,
    one: Point,
    other: Point,
    pairing: number,
    count: number,
  ): number {
    const { prior, apart } = this;
    const distances = [one.xPx - other.xPx, one.yPx - other.yPx, one.zUm - other.zUm];
    // Density of the distance; twice, as either of the two may have been the first.
    const drawn = distances.reduce(
      (sum, distance, i) =>
        sum - (distance / apart[i]!) ** 2 / 2 - Math.log(apart[i]! * Math.sqrt(2 * Math.PI)),
      Math.log(2 / count),
    );
    const lights = prior.logLight(one.light) + prior.logLight(other.light);
    const density = prior.logDensity + lights - prior.logLight(point.light);
    // The last is how the two change with the one and what is drawn (Jacobian).
    return density + Math.log(pairing) - drawn + Math.log(point.light);
  }

  /** How likely two points are drawn as a pair. */
  private pairing(walkers: readonly Walker[], one: number, other: number): number {
    const [ofOne, ofOther] = [this.partners(walkers, one), this.partners(walkers, other)];
    if (!ofOne.includes(other)) return 0;
    return (1 / ofOne.length + 1 / ofOther.length) / walkers.length;
  }

  /** Points that may have been one with a point. */
  private partners(walkers: readonly Walker[], index: number): number[] {
    const [x, y, z] = this.apart.map((sigma) => MOST_APART * sigma);
    const { xPx, yPx, zUm } = walkers[index]!.point;
    const found: number[] = [];
    for (const [i, { point }] of walkers.entries()) {
      const isNear =
        Math.abs(point.xPx - xPx) < x! &&
        Math.abs(point.yPx - yPx) < y! &&
        Math.abs(point.zUm - zUm) < z!;
      if (i !== index && isNear) found.push(i);
    }
    return found;
  }
}

function newWalker(point: Point): Walker {
  return { point, steps: null, turns: 0 };
}

function moved({ xPx, yPx, zUm, light }: Point, step: ArrayLike<number>): Point {
  return {
    xPx: xPx + step[0]!,
    yPx: yPx + step[1]!,
    zUm: zUm + step[2]!,
    light: light + step[3]!,
  };
}

function beside(point: Point, apart: readonly number[], factor: number, share: number): Point {
  const at = moved(point, [...apart.map((distance) => factor * distance), 0]);
  return { ...at, light: share * point.light };
}

function centre(one: Point, other: Point): Point {
  const light = one.light + other.light;
  const share = one.light / light;
  const between = (a: number, b: number): number => share * a + (1 - share) * b;
  return {
    xPx: between(one.xPx, other.xPx),
    yPx: between(one.yPx, other.yPx),
    zUm: between(one.zUm, other.zUm),
    light,
  };
}
