import type { Random } from '#core/util/random';
import type { PointBox } from './PointBox';
import type { Point } from './PointPlanes';

/** Balls of one kind differ in light by this at least: standard deviation of its natural logarithm. */
const LEAST_SPREAD = 0.5;

/** A normal distribution has this share of its values below one standard deviation under its mean. */
const BELOW_ONE_SIGMA = 0.16;

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * What is thought of balls before planes are looked at: they lie evenly in a box, and their light is distributed
 * lognormally, as bright and as differently as that of the balls that have been found.
 */
export class PointPrior {
  /** How many are expected. */
  readonly expected: number;
  /** Natural logarithm of how many are expected on a pixel and a micrometre. */
  readonly logDensity: number;
  private readonly box: PointBox;
  private readonly mean: number;
  private readonly spread: number;

  /** @param found at least one */
  constructor(found: readonly Point[], box: PointBox) {
    const logs = found.map(({ light }) => Math.log(light)).toSorted((a, b) => a - b);
    const at = (share: number): number =>
      logs[Math.min(logs.length - 1, Math.floor(share * logs.length))]!;
    const width = (at(1 - BELOW_ONE_SIGMA) - at(BELOW_ONE_SIGMA)) / 2;
    this.box = box;
    this.mean = at(0.5);
    this.spread = Math.max(LEAST_SPREAD, width);
    this.expected = found.length + 1;
    this.logDensity = Math.log(this.expected / box.volume);
  }

  contains(point: Point): boolean {
    return this.box.contains(point);
  }

  /** Natural logarithm of the density of a light. */
  logLight(light: number): number {
    const away = (Math.log(light) - this.mean) / this.spread;
    return -(away ** 2) / 2 - Math.log(light * this.spread) - HALF_LOG_TWO_PI;
  }

  /** Any point. */
  draw(random: Random): Point {
    const light = Math.exp(this.mean + this.spread * random.normal());
    return { ...this.box.draw(random), light };
  }
}
