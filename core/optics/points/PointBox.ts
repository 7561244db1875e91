import type { LayeredField } from '#core/optics/fit/LayeredSpecimen';
import type { Random } from '#core/util/random';
import type { Point } from './PointPlanes';

type Range = readonly [number, number];

/** Where a point lies. */
export type Place = Pick<Point, 'xPx' | 'yPx' | 'zUm'>;

/** A field, all of its planes, and what lies around them. */
export class PointBox {
  /** Pixels times pixels times micrometres. */
  readonly volume: number;
  private readonly xPx: Range;
  private readonly yPx: Range;
  private readonly zUm: Range;

  /** @param beyondUm how far the box goes on beyond the field and its planes */
  constructor(
    {
      width,
      height,
      pixelSizeUm,
      rangeUm,
    }: Pick<LayeredField, 'width' | 'height' | 'pixelSizeUm' | 'rangeUm'>,
    beyondUm: number,
  ) {
    const around = (from: number, to: number, beyond: number): Range => [
      from - beyond,
      to + beyond,
    ];
    this.xPx = around(0, width - 1, beyondUm / pixelSizeUm.x);
    this.yPx = around(0, height - 1, beyondUm / pixelSizeUm.y);
    this.zUm = around(...rangeUm, beyondUm);
    this.volume = lengthOf(this.xPx) * lengthOf(this.yPx) * lengthOf(this.zUm);
  }

  contains({ xPx, yPx, zUm }: Place): boolean {
    return isWithin(xPx, this.xPx) && isWithin(yPx, this.yPx) && isWithin(zUm, this.zUm);
  }

  /** Any place in it. */
  draw(random: Random): Place {
    return {
      xPx: random.between(...this.xPx),
      yPx: random.between(...this.yPx),
      zUm: random.between(...this.zUm),
    };
  }
}

function lengthOf([from, to]: Range): number {
  return to - from;
}

function isWithin(value: number, [from, to]: Range): boolean {
  return value > from && value < to;
}
