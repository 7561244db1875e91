import type { LayeredField } from '#core/optics/fit/LayeredSpecimen';
import { PointSearch } from './PointSearch';
import type { BallOptics } from './PointOptics';
import type { Point } from './PointPlanes';
import type { PointSpreadTable } from './pointSpreadTable';

/** What points are to explain. */
export interface PointsRequest extends LayeredField {
  /** Planes in any linear unit, row-major (y, x). */
  readonly planes: readonly Float32Array[];
  /** Their heights in micrometres, within `rangeUm`. */
  readonly zUm: readonly number[];
  /** How long other arrangements are drawn; 0 leaves it at the best. @default 360 */
  readonly sweeps?: number;
}

/** Balls of light that were found, and on what they lie; `pointsImage` shows what they look like. */
export interface FittedPoints {
  readonly kind: 'points';
  readonly field: LayeredField;
  /** The arrangement that explains the planes best. */
  readonly points: readonly Point[];
  /** Points of all arrangements that were drawn; see `samplePoints`. */
  readonly drawn: Float32Array<ArrayBuffer>;
  /** What each looks like. */
  readonly spread: PointSpreadTable;
  /** The optics and the size of balls that explain the planes best, of those that were tried. */
  readonly optics: BallOptics;
  /** Heights of the planes that they explain, in micrometres, and their backgrounds, row-major (y, x). */
  readonly zUm: readonly number[];
  readonly backgrounds: readonly Float32Array[];
}

/**
 * Rounds of looking for further points, as what the brighter ones hide shows when they are taken away, and how many may
 * pass without more of them.
 */
const MOST_ROUNDS = 16;
const MOST_IDLE = 2;

/** How often all points are moved once more when there are no others. */
const LAST_SWEEPS = 4;

/** After these rounds there are points enough to tell the optics by. */
const OPTICS_ROUNDS = [1, 4];

/** Looking for points takes about this share of the time, drawing arrangements the rest. */
const SEARCH_SHARE = 0.5;

/**
 * Finds the balls of light that explain some planes best, each at any place between pixels and planes and with a
 * light of its own: matching pursuit by a matched filter, after which all points are moved in turn to where
 * they explain most (alternating descent conditional gradient, Boyd, Schiebinger & Recht 2017,
 * doi:10.1137/15M1035793). Defocus spreads the light of a ball, but three planes hold nearly all of it; that there
 * is little else than balls is what brings them back as sharp as the optics show them.
 *
 * Where balls crowd, other arrangements explain the planes about as well: some are drawn, each as often as it is
 * likely (`samplePoints`).
 *
 * All balls have one size and are seen through one aperture; those that explain the brightest of them best are
 * taken. Planes may have a background that changes slowly. Weights follow the light that is counted.
 *
 * @param tell hears how far the search is, 0 to 1
 */
export function findPoints(
  request: PointsRequest,
  tell: (fraction: number) => void = () => {},
): FittedPoints {
  const search = new PointSearch(request);
  let [most, idle] = [0, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    search.addPoints();
    search.sweep();
    if (round > 0) search.split();
    if (OPTICS_ROUNDS.includes(round)) search.chooseOptics();
    search.weigh();
    tell((SEARCH_SHARE * (round + 1)) / MOST_ROUNDS);
    idle = search.count > most ? 0 : idle + 1;
    most = Math.max(most, search.count);
    if (idle >= MOST_IDLE) break;
  }
  search.chooseOptics();
  for (let sweep = 0; sweep < LAST_SWEEPS; sweep++) search.sweep();
  return search.result((fraction) => tell(SEARCH_SHARE + (1 - SEARCH_SHARE) * fraction));
}
