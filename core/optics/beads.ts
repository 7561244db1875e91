import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import type { BoxSizeUm, Specimen } from './Specimen';
import { beadsAt } from './beadsAt';
import type { Moment } from './Moment';
import { splatPoint } from './splatPoint';

/** Fluorescent beads in a gel. Lengths are in micrometres. */
export interface BeadsOptions {
  readonly kind: 'beads';
  /** Geometric mean of the diameters. */
  readonly diameterUm: number;
  /** Diameters differ by up to this factor either way. @default 1 */
  readonly diameterSpread?: number;
  /** Beads in 1000 cubic micrometres; at least one bead is always there. @default 5 */
  readonly perThousandUm3?: number;
  /** Brightness of equal beads differs by up to this factor either way. @default 1.1 */
  readonly brightnessSpread?: number;
  /** Share of the beads that stick to another one. @default 0.05 */
  readonly clumping?: number;
  /** Half the thickness of the layer around the middle plane that holds all beads. @default no layer */
  readonly layerUm?: number | undefined;
}

/** A bead; its light is spread evenly over its volume. */
export interface Bead {
  readonly placeUm: readonly [number, number, number];
  readonly diameterUm: number;
  /** Fluorophores, 1 for a mean bead. */
  readonly light: number;
}

/** Distance of the points that stand for a ball: finer than any objective can tell. */
const POINT_DISTANCE_UM = 0.07;

const MAX_BEADS = 20_000;

/**
 * A specimen of evenly stained balls at random places, one near the middle of the box. The light of a
 * bead is proportional to its volume, and its density sums to that light wherever it lies between
 * voxels.
 *
 * @param seed the same seed, options and box give the same specimen
 * @param moment time point of a time-lapse
 */
export function beads(
  seed: number,
  options: BeadsOptions,
  boxUm: BoxSizeUm,
  moment: Moment = { index: 0 },
): Specimen {
  const placed = beadsAt(seed, placeBeads(createRandom(seed), options, boxUm), moment, boxUm);
  return {
    paint(planes, grid) {
      for (const bead of placed)
        paintBead(bead, (place, light) => splatPoint(planes, grid, place, light));
    },
  };
}

function placeBeads(random: Random, options: BeadsOptions, boxUm: BoxSizeUm): Bead[] {
  const { diameterUm, diameterSpread = 1, perThousandUm3 = 5, layerUm } = options;
  const { brightnessSpread = 1.1, clumping = 0.05 } = options;
  const thicknessUm = Math.min(boxUm[2], 2 * (layerUm ?? Infinity));
  const mean = (perThousandUm3 * boxUm[0] * boxUm[1] * thicknessUm) / 1000;
  const count = Math.min(MAX_BEADS, Math.max(1, random.poisson(mean)));
  const placed: Bead[] = [];
  for (let i = 0; i < count; i++) {
    const diameter = diameterUm * random.logBetween(1 / diameterSpread, diameterSpread);
    const neighbour = random.uniform() < clumping ? placed[random.below(i)] : undefined;
    const depthUm = boxUm[2] / 2 + (thicknessUm / 2) * random.between(-1, 1);
    placed.push({
      placeUm: neighbour
        ? touching(random, neighbour, diameter)
        : [
            around(random, boxUm[0], i),
            around(random, boxUm[1], i),
            i === 0 ? boxUm[2] / 2 : depthUm,
          ],
      diameterUm: diameter,
      light:
        (diameter / diameterUm) ** 3 * random.logBetween(1 / brightnessSpread, brightnessSpread),
    });
  }
  return placed;
}

/** Anywhere along a side; the first bead lies near its middle. */
function around(random: Random, sideUm: number, index: number): number {
  return sideUm * (index === 0 ? random.between(0.45, 0.55) : random.uniform());
}

function touching(random: Random, other: Bead, diameterUm: number): [number, number, number] {
  const direction = [random.normal(), random.normal(), random.normal()] as const;
  const scale = (diameterUm + other.diameterUm) / 2 / (Math.hypot(...direction) || 1);
  return [
    other.placeUm[0] + scale * direction[0],
    other.placeUm[1] + scale * direction[1],
    other.placeUm[2] + scale * direction[2],
  ];
}

/** A ball as points of light: shells by Gauss's rule with r^2 as weight, points evenly on each shell. */
function paintBead(
  { placeUm, diameterUm, light }: Bead,
  splat: (placeUm: readonly [number, number, number], light: number) => void,
): void {
  const shells = Math.max(1, Math.ceil(diameterUm / 2 / POINT_DISTANCE_UM));
  const whole = 1 / shells;
  for (let shell = 0; shell < shells; shell++) {
    // The radius that halves the shell's second moment keeps the ball's: <r^2> over the shell.
    const inner = shell * whole;
    const outer = inner + whole;
    const volume = outer ** 3 - inner ** 3;
    const radius = (diameterUm / 2) * Math.sqrt((0.6 * (outer ** 5 - inner ** 5)) / volume);
    const pairs = Math.max(3, Math.ceil((2 * Math.PI * radius ** 2) / POINT_DISTANCE_UM ** 2));
    const share = (light * volume) / (2 * pairs);
    for (let i = 0; i < pairs; i++) {
      const [x, y, z] = halfSpherePoint(i, pairs);
      splat([placeUm[0] + radius * x, placeUm[1] + radius * y, placeUm[2] + radius * z], share);
      splat([placeUm[0] - radius * x, placeUm[1] - radius * y, placeUm[2] - radius * z], share);
    }
  }
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** One of `count` points spread evenly on half a sphere by the golden angle. */
function halfSpherePoint(index: number, count: number): [number, number, number] {
  const z = (index + 0.5) / count;
  const ring = Math.sqrt(1 - z * z);
  return [ring * Math.cos(index * GOLDEN_ANGLE), ring * Math.sin(index * GOLDEN_ANGLE), z];
}
