import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import type { Vector } from './curve';
import { plus } from './curve';
import type { TubePoint } from './paintTube';
import { paintTube } from './paintTube';
import type { Soma } from './paintSoma';
import { paintSoma } from './paintSoma';
import type { BoxSizeUm, Specimen } from './Specimen';
import type { WormBody, WormPlace } from './wormBody';
import { wormBody } from './wormBody';

/** Stained neurons in a worm-shaped body. Lengths are in micrometres. */
export interface NeuronsOptions {
  readonly kind: 'neurons';
  /** Radius of the body. @default 20 */
  readonly bodyRadiusUm?: number;
  /** Cell bodies in 100 um of worm; they gather in ganglia. @default 40 */
  readonly perHundredUm?: number;
  /** Geometric mean radius of the cell bodies. @default 1.5 */
  readonly somaRadiusUm?: number;
  /** Radius of the processes. @default 0.15 */
  readonly processRadiusUm?: number;
  /** Mean number of processes of a cell. @default 1.5 */
  readonly processes?: number;
  /** Density of processes, relative to cell bodies. @default 0.8 */
  readonly processDensity?: number;
  /** Share of the cells whose nucleus alone is bright, rather than the whole cell. @default 0.3 */
  readonly nuclear?: number;
  /** Brightness differs between cells by up to this factor either way. @default 2 */
  readonly brightnessSpread?: number;
  /** Dim grains of the gut that shine by themselves, in 100 um of worm. @default 30 */
  readonly granules?: number;
}

/** Everything that is painted: thick things first, so that grains and threads add to them. */
interface Anatomy {
  readonly somata: readonly Soma[];
  readonly processes: readonly (readonly TubePoint[])[];
}

const MAX_SOMATA = 1500;

const STEP_UM = 0.4;

/** Half width of a ganglion in radii of its cells. */
const GANGLION_CELLS = 2.5;

/** Share of the cells that belong to a ganglion or a nerve cord. */
const GATHERED = 0.75;

/**
 * Sparse neurons as in a transgenic worm: cell bodies that gather in ganglia under the body wall,
 * thin beaded processes that run along the body in a few cords or around it, and dim gut granules.
 *
 * @param seed the same seed, options and box give the same specimen
 */
export function neurons(seed: number, options: NeuronsOptions, boxUm: BoxSizeUm): Specimen {
  const { somata, processes } = growNeurons(createRandom(seed), options, boxUm);
  return {
    paint(planes, grid) {
      for (const soma of somata) paintSoma(planes, grid, soma);
      for (const process of processes) paintTube(planes, grid, process);
    },
  };
}

function growNeurons(random: Random, options: NeuronsOptions, boxUm: BoxSizeUm): Anatomy {
  const { bodyRadiusUm = 20, perHundredUm = 40, granules = 30 } = options;
  const cords = Array.from({ length: 2 + random.below(3) }, () => 2 * Math.PI * random.uniform());
  const central = { share: random.between(0.5, 0.85), angle: cords[0]! };
  const body = wormBody(random, bodyRadiusUm, central, boxUm);
  const ganglia = gangliaOf(random, body, central, cords);
  const cells = Math.min(MAX_SOMATA, 1 + random.poisson((perHundredUm * body.lengthUm) / 100));
  const somata: Soma[] = [];
  const processes: TubePoint[][] = [];
  for (let i = 0; i < cells; i++) {
    const home = homeOf(random, options, body, ganglia, cords, i === 0);
    const soma = somaAt(random, options, body.at(home));
    if (somata.some((other) => distance(soma, other) < 0.8 * (soma.radiusUm + other.radiusUm)))
      continue;
    somata.push(soma);
    const count = Math.max(i === 0 ? 1 : 0, random.poisson(options.processes ?? 1.5));
    for (let p = 0; p < count; p++) {
      processes.push(growProcess(random, options, body, home, cords, soma.density));
    }
  }
  const grains = random.poisson((granules * body.lengthUm) / 100);
  for (let i = 0; i < grains; i++) somata.push(granule(random, body));
  return { somata, processes };
}

/** The first ganglion lies near the middle of the box. */
function gangliaOf(
  random: Random,
  body: WormBody,
  central: { readonly share: number; readonly angle: number },
  cords: readonly number[],
): WormPlace[] {
  const others = Math.round(body.lengthUm / (5 * body.radiusUm));
  return [
    { ...central, alongUm: body.lengthUm / 2 },
    ...Array.from({ length: others }, () => ({
      alongUm: body.lengthUm * random.uniform(),
      share: random.between(0.5, 0.85),
      angle: cords[random.below(cords.length)]!,
    })),
  ];
}

/** Where a cell lies: in a ganglion, on a nerve cord, or anywhere. */
function homeOf(
  random: Random,
  { somaRadiusUm = 1.5 }: NeuronsOptions,
  body: WormBody,
  ganglia: readonly WormPlace[],
  cords: readonly number[],
  first: boolean,
): WormPlace {
  const kind = first ? 0 : random.uniform();
  if (kind < 0.6 * GATHERED) {
    const ganglion = ganglia[first || random.uniform() < 0.5 ? 0 : random.below(ganglia.length)]!;
    const spreadUm = first ? 0.5 * somaRadiusUm : GANGLION_CELLS * somaRadiusUm;
    return {
      alongUm: ganglion.alongUm + 1.5 * spreadUm * random.normal(),
      share: Math.min(
        0.95,
        Math.max(0.1, ganglion.share + (spreadUm / body.radiusUm) * random.normal()),
      ),
      angle: ganglion.angle + (spreadUm / body.radiusUm) * random.normal(),
    };
  }
  const onCord = kind < GATHERED;
  return {
    alongUm: body.lengthUm * random.uniform(),
    share: onCord ? random.between(0.8, 0.92) : Math.sqrt(random.uniform()) * 0.95,
    angle: onCord
      ? cords[random.below(cords.length)]! + 0.1 * random.normal()
      : 2 * Math.PI * random.uniform(),
  };
}

function somaAt(random: Random, options: NeuronsOptions, place: Vector): Soma {
  const { somaRadiusUm = 1.5, nuclear = 0.3, brightnessSpread = 2 } = options;
  const radiusUm = somaRadiusUm * random.logBetween(0.75, 1.35);
  const onlyNucleus = random.uniform() < nuclear;
  return {
    place,
    radiusUm: onlyNucleus ? 0.65 * radiusUm : radiusUm,
    elongation: random.between(1, 1.5),
    heading: 2 * Math.PI * random.uniform(),
    density: random.logBetween(1 / brightnessSpread, brightnessSpread),
    // A protein that stays out of the nucleus leaves it dim.
    nucleus: onlyNucleus ? 1 : random.between(0.55, 1.1),
    texture: random.between(0.1, 0.35),
    seed: random.below(2 ** 31),
  };
}

/** Dim grains deep inside the body. */
function granule(random: Random, body: WormBody): Soma {
  const place = {
    alongUm: body.lengthUm * random.uniform(),
    share: 0.45 * Math.sqrt(random.uniform()),
    angle: 2 * Math.PI * random.uniform(),
  };
  return {
    place: body.at(place),
    radiusUm: random.logBetween(0.25, 0.7),
    elongation: 1,
    heading: 0,
    density: random.logBetween(0.04, 0.25),
    nucleus: 1,
    texture: 0,
    seed: random.below(2 ** 31),
  };
}

/** A process runs along the body towards a cord, or around the body; it thins out and carries varicosities. */
function growProcess(
  random: Random,
  options: NeuronsOptions,
  body: WormBody,
  home: WormPlace,
  cords: readonly number[],
  density: number,
): TubePoint[] {
  const { processRadiusUm = 0.15, processDensity = 0.8 } = options;
  const around = random.uniform() < 0.25;
  const steps = Math.ceil((body.radiusUm * random.logBetween(0.5, 6)) / STEP_UM);
  const sign = random.uniform() < 0.5 ? -1 : 1;
  const cord = cords[random.below(cords.length)]! + 0.05 * random.normal();
  const target = around ? home.angle + sign * Math.PI : home.angle + turnTo(cord - home.angle);
  const cordShare = random.between(0.78, 0.95);
  const radiusUm = processRadiusUm * random.logBetween(0.7, 1.4);
  let { alongUm, share, angle } = home;
  let wander = 0;
  const points: TubePoint[] = [];
  for (let i = 0; i <= steps; i++) {
    wander = 0.97 * wander + 0.03 * random.normal();
    const bead = random.uniform() < 0.04 ? random.between(1.3, 2.3) : 1;
    points.push({
      place: body.at({ alongUm, share, angle }),
      radiusUm: radiusUm * bead * (i < 3 ? 1.6 - 0.2 * i : 1),
      density: processDensity * density * Math.exp(0.15 * random.normal()),
    });
    const turnUm = Math.max(0.3, share) * body.radiusUm;
    const pull = Math.max(-1, Math.min(1, (target - angle) * 3)) * (around ? 0.95 : 0.45);
    angle += ((pull + 0.8 * wander) * STEP_UM) / turnUm;
    alongUm += sign * STEP_UM * Math.sqrt(1 - Math.min(0.95, pull * pull));
    share += 0.06 * (cordShare - share);
  }
  return points;
}

/** The same turn, the shorter way round. */
function turnTo(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

function distance(one: Soma, other: Soma): number {
  return Math.hypot(...plus(one.place, other.place, -1));
}
